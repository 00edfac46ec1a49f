package fonio.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir Path root;

  private final Instant now = Instant.now();

  @Test
  void folderIsItsUsersAlone() throws IOException {
    try (RunFolder run = RunFolder.create(root, "abc")) {
      assertThat(run.path().getFileName().toString()).matches("fonio-\\d+-abc");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run.path())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void heldFolderIsNotSwept() {
    try (RunFolder run = RunFolder.create(root, "abc")) {
      assertThat(Sweep.of(root, now)).isEmpty();
      assertThat(run.path()).exists();
    }
  }

  @Test
  void folderIsSweptWhenItsLastHolderIsGone() throws IOException {
    RunFolder client = RunFolder.create(root, "abc");
    RunFolder engine = RunFolder.join(client.path());
    Files.write(client.path().resolve("0000000300000000"), new byte[10]);
    Files.createDirectory(client.path().resolve("deeper"));

    client.close();
    assertThat(Sweep.of(root, now)).isEmpty();

    engine.close();
    assertThat(Sweep.of(root, now)).containsExactly(client.path());
    assertThat(client.path()).doesNotExist();
  }

  @Test
  void spillFolderGoesWithItsRun() throws IOException {
    Path home = Files.createDirectory(root.resolve("home"));
    Path spill = Files.createDirectory(home.resolve("spill"));
    Files.write(spill.resolve("8000000300000000"), new byte[10]);
    RunFolder run = RunFolder.create(root, "abc");
    run.nameSpill(spill);

    run.close();

    assertThat(Sweep.of(root, now)).containsExactly(run.path());
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void folderThatIsNoSpillFolderIsNotBelieved() throws IOException {
    Path home = Files.createDirectory(root.resolve("home"));
    RunFolder run = RunFolder.create(root, "abc");
    Files.writeString(run.path().resolve(RunFolder.LOCK), home.toString());

    run.close();

    assertThat(Sweep.of(root, now)).containsExactly(run.path());
    assertThat(home).exists();
    assertThatThrownBy(() -> run.nameSpill(home)).hasMessageContaining("'spill'");
  }

  @Test
  void spillFolderInTheTempFolderGoesWithItsRun() throws IOException {
    Path temporary = Files.createDirectory(root.resolve("tmp"));
    RunFolder run = RunFolder.create(root, "abc");
    Path spill = temporary.resolve(RunFolder.spillName(run.path()));
    run.nameSpill(spill);
    Files.createDirectory(spill);
    Files.write(spill.resolve("8000000300000000"), new byte[10]);

    run.close();

    assertThat(spill.getFileName().toString()).matches("fonio-spill-\\d+-abc");
    assertThat(Sweep.of(root, now)).containsExactly(run.path());
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void otherFoldersAreLeftAlone() throws IOException {
    Path other = Files.createDirectory(root.resolve("fonio-4294967290-abc"));
    Path foreign = Files.createDirectory(root.resolve("else"));

    assertThat(Sweep.of(root, now.plus(Duration.ofDays(1)))).isEmpty();

    assertThat(other).exists();
    assertThat(foreign).exists();
  }

  @Test
  void folderWithoutALockIsSweptWhenItIsOld() throws IOException {
    Path folder = Files.createDirectory(root.resolve(RunFolder.prefix() + "half"));

    assertThat(Sweep.of(root, now)).isEmpty();
    assertThat(Sweep.of(root, now.plus(Duration.ofMinutes(5)))).containsExactly(folder);
  }

  @Test
  void takenNameIsRefused() {
    try (RunFolder run = RunFolder.create(root, "abc")) {
      assertThatThrownBy(() -> RunFolder.create(root, "abc"))
          .hasMessageContaining(run.path().toString());
    }
  }

  @Test
  void folderWithoutALockCannotBeJoined() throws IOException {
    Path folder = Files.createDirectory(root.resolve("x"));

    assertThatThrownBy(() -> RunFolder.join(folder)).hasMessageContaining("start the run again");
  }

  @Test
  void deletedFolderLeavesNothing() {
    RunFolder run = RunFolder.create(root, "abc");
    RingFile.create(run.path().resolve("client.ring"), 64).close();

    run.delete();

    assertThat(root).isEmptyDirectory();
  }
}
