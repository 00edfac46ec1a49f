import org.jspecify.annotations.NullMarked;

/** Memo table, checkpoints and run history in SQLite. */
@NullMarked
module fonio.memo {
  requires transitive fonio.api;
  requires java.sql;
  requires static org.jspecify;

  exports fonio.memo;
}
