import org.jspecify.annotations.NullMarked;

/** An append-only log on disk of what a durable run has accepted and ended. */
@NullMarked
module fonio.journal {
  requires static org.jspecify;

  exports fonio.journal;
}
