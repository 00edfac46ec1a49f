package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.testkit.Deadline;
import fonio.wire.Kind;
import fonio.wire.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionTest extends EngineFixture {
  private static final byte[] NOTHING = {};

  private void assertEnded(String words) {
    assertThat(exchange()).last().asString().startsWith("ProtocolError").contains(words);
    assertThat(session().isGone()).isTrue();
  }

  @Test
  void randomBytesEndTheSessionWithANamedError() {
    toEngine.put(new byte[] {1, 0, 0, 0, 99, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7}, 0, 17);
    assertEnded("99");
  }

  @Test
  void frameThatAClientDoesNotSendIsRefusedByItsName() {
    say.frame(Kind.VERDICT, 0, 0, 1, NOTHING);
    assertEnded("VERDICT");
  }

  @Test
  void unknownParentEndsTheSession() {
    submit(PLAIN, 1);
    submit(PLAIN, 2, 7);
    assertEnded("task 2 names task 7");
  }

  @Test
  void releasedParentEndsTheSession() {
    submit(PLAIN, 1);
    exchange();
    take();
    answer(1, Status.OK, "one");
    assertThat(answers()).containsExactly("1 OK one");
    say.frame(Kind.ACK, 0, 1, 0, NOTHING);
    submit(PLAIN, 2, 1);
    assertEnded("unknown or already released");
  }

  @Test
  void secondAcknowledgementOfAFrameEndsTheSession() {
    submit(PLAIN, 1);
    exchange();
    take();
    answer(1, Status.OK, "one");
    answers();
    say.frame(Kind.ACK, 0, 1, 0, NOTHING);
    assertThat(exchange()).isEmpty();
    say.frame(Kind.ACK, 0, 1, 0, NOTHING);
    assertEnded("was not sent");
  }

  @Test
  void undefinedClassEndsTheSession() {
    submit(77, 1);
    assertEnded("77");
  }

  @Test
  void taskThatDoesNotFollowTheLastEndsTheSession() {
    submit(PLAIN, 5);
    assertEnded("5");
  }

  @Test
  void keysThatDoNotFitTheTasksEndTheSession() {
    say.begin(Kind.SUBMIT, PLAIN, 1, 1).extension(new byte[16], 0, 16).end();
    assertEnded("16");
  }

  @Test
  void endOfTheClientEndsTheSession() {
    client().close();
    exchangeNothing();
    assertThat(session().isGone()).isTrue();
  }

  private void exchangeNothing() {
    session().read();
  }

  @Test
  void unknownQuestionIsAnsweredWithTheKnownOnes() {
    say.frame(Kind.QUERY, 0, 0, 3, "weather".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(exchange()).containsExactly("ANSWER 3");
  }

  @Test
  void checkpointIsAnsweredWhenItIsDurable() {
    say.frame(Kind.QUERY, 0, 0, 4, "checkpoint".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(exchange()).isEmpty();
    assertThat(checkpoints).hasSize(1);
    checkpoints.getFirst().accept("");
    assertThat(exchange()).containsExactly("ANSWER 4");
  }

  @Test
  void closeSaysWhetherWhatIsOutIsFinishedFirst() {
    say.frame(Kind.CLOSE, 0, 0, 1, NOTHING);
    exchange();
    assertThat(session().isClosing()).isTrue();
    assertThat(session().finishesFirst()).isTrue();
    assertThat(session().isGone()).isFalse();
  }

  @Test
  void verdictForATaskThatIsUnknownOrDone() {
    submit(PLAIN, 1);
    exchange();
    take();
    answer(1, Status.OK, "one");
    answers();
    say.frame(Kind.CANCEL, 0, 0, 1, NOTHING);
    say.frame(Kind.KILL, 0, 0, 99, NOTHING);
    assertThat(exchange()).containsExactly("VERDICT 1", "VERDICT 99");
  }

  @Test
  void largeBacklogDoesNotSwallowTheFault() throws Exception {
    byte[] text = new byte[4 << 20];
    session().output(0, false, new String(text, java.nio.charset.StandardCharsets.UTF_8));
    Thread fault =
        Thread.ofPlatform()
            .start(() ->
                session().fault(new fonio.wire.Fault("EngineError", "broken", java.util.Map.of())));
    Deadline deadline = Deadline.in(Duration.ofSeconds(10));
    String last = "";
    while (!last.startsWith("EngineError")) {
      deadline.check("the fault");
      for (String line : received()) {
        last = line;
      }
      Thread.onSpinWait();
    }
    fault.join();
    assertThat(last).startsWith("EngineError: broken");
  }
}
