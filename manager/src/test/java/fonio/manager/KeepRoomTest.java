package fonio.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeepRoomTest {
  @TempDir Path folder;

  @Test
  void itIsAPartOfWhatIsFreeUnlessItIsSaid() throws Exception {
    long free = Files.getFileStore(folder).getUsableSpace() >> 20;
    assertThat(KeepRoom.megabytes(Map.of(), folder)).isBetween(1L, free / 4);
    assertThat(KeepRoom.megabytes(Map.of("FONIO_KEEP_MB", "12"), folder)).isEqualTo(12);
    assertThat(KeepRoom.megabytes(Map.of("FONIO_KEEP_MB", "0"), folder)).isZero();
  }

  @Test
  void whatIsNoNumberIsRefusedByItsName() {
    assertThatThrownBy(() -> KeepRoom.megabytes(Map.of("FONIO_KEEP_MB", "2 GB"), folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("FONIO_KEEP_MB=2 GB is not a number of megabytes");
  }

  @Test
  void folderThatIsNotThereHasNoRoom() {
    assertThat(KeepRoom.megabytes(Map.of(), folder.resolve("none"))).isZero();
  }
}
