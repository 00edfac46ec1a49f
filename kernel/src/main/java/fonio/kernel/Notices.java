package fonio.kernel;

/**
 * The way out of the kernel: tells the effects, counts the endings, and refuses events that come
 * from inside an effect.
 */
final class Notices {

  private final Effects effects;
  private final long[] endings = new long[Ending.kinds()];
  private boolean telling;

  Notices(Effects effects) {
    this.effects = effects;
  }

  void ended(long task, Ending ending, long cause) {
    endings[ending.code()]++;
    telling = true;
    try {
      effects.ended(task, ending, cause);
    } finally {
      telling = false;
    }
  }

  void ask(long task) {
    telling = true;
    try {
      effects.ask(task);
    } finally {
      telling = false;
    }
  }

  void lookUp(long task) {
    telling = true;
    try {
      effects.lookUp(task);
    } finally {
      telling = false;
    }
  }

  void checkQuiet() {
    if (telling) {
      throw new IllegalStateException(
          "the kernel was called from inside an effect that it is telling; note what is to be done and do it after the event");
    }
  }

  long endings(Ending ending) {
    return endings[ending.code()];
  }
}
