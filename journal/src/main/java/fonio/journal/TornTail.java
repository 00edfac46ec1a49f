package fonio.journal;

/**
 * The end of a journal that a crash cut short: it was never reported durable.
 *
 * @param segment the number of the last segment
 * @param offset where in its file the torn part begins
 * @param bytes how many bytes of the file follow
 */
public record TornTail(int segment, long offset, long bytes) {}
