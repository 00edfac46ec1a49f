/** The dataflow kernel: one writer at a time owns the table of tasks and decides what runs next. */
package fonio.kernel;
