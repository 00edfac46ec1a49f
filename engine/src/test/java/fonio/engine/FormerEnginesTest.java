package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormerEnginesTest {
  private static final String ENDED =
      """
      started=17
      ended=18
      submitted=3
      memo_hits=1
      retries=2
      workers_lost=3
      work_ns=40
      occupied_ns=50
      wall_ns=60
      """;

  @TempDir Path run;

  private Path last() {
    return run.resolve(History.FILE);
  }

  private void ended() throws IOException {
    Files.writeString(last(), ENDED);
  }

  @Test
  void theAccountGoesOnFromWhatTheJournalDoesNotTell() throws IOException {
    ended();
    Account account = new Account(1_000);
    account.workNanos = 2;
    account.add(FormerEngines.takeOver(last()));
    Map<String, String> entries = account.entries(1_007, 0, 0, 0, 0);
    assertThat(entries)
        .containsEntry("submitted", "0")
        .containsEntry("memo_hits", "1")
        .containsEntry("retries", "2")
        .containsEntry("workers_lost", "3")
        .containsEntry("work_ns", "42")
        .containsEntry("occupied_ns", "50")
        .containsEntry("wall_ns", "67");
  }

  @Test
  void aRunThatGoesOnHasNotEndedAndKeepsItsSumsForOneMoreEngine() throws IOException {
    ended();
    assertThat(FormerEngines.takeOver(last()).startedMillis()).isEqualTo(17);
    assertThat(last()).doesNotExist();
    assertThat(FormerEngines.takeOver(last()).number("work_ns")).isEqualTo(40);
  }

  @Test
  void aRunWithoutSuchAnAccountBeginsAtNothing() throws IOException {
    assertThat(FormerEngines.takeOver(last()).number("work_ns")).isZero();
    Files.writeString(last(), "not an account");
    assertThat(FormerEngines.takeOver(last()).startedMillis()).isZero();
  }
}
