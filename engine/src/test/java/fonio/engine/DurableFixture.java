package fonio.engine;

import fonio.transport.Link;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** The fixture's session and dataflow with a journal in memory. */
abstract class DurableFixture extends EngineFixture {
  final PaperJournal paper = new PaperJournal();
  final RunJournal journal = new RunJournal(paper, paper, 0);
  final LateDeletes deletes = new LateDeletes(deleted::add);
  final Delivery delivery = new Delivery(outbox, journal, deletes);

  @Override
  Session talk(Link upper) {
    return new Session(upper, desk(), journal);
  }

  @BeforeEach
  void begin() {
    dataflow.journal(journal);
    delivery.begin(session());
  }

  @Override
  final void flush() {
    delivery.flush();
    delivery.doWork();
  }

  /** What the client gets once all is on disk. */
  final List<String> whenDurable() {
    delivery.flush();
    paper.force();
    return answers();
  }
}
