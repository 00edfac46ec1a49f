/** Memo table, checkpoints and run history in SQLite. */
package fonio.memo;
