/**
 * The dataflow kernel: one writer at a time owns the table of tasks and decides what runs next.
 *
 * <p>{@link fonio.kernel.Kernel} is a pure core: events are its methods, effects are the calls of
 * {@link fonio.kernel.Effects}. It knows no clock, thread, socket or payload. Read in this order:
 * {@code Kernel} (the events), {@code Graph} (dependencies and endings), {@code Lanes} and {@code
 * ReadyQueue} (what runs next), {@code Rows} and {@code Edges} (the memory).
 */
package fonio.kernel;
