package fonio.engine;

import org.jspecify.annotations.Nullable;

/** Something to do when a task has ended, in a list. */
record Wakings(Runnable action, @Nullable Wakings others) {}
