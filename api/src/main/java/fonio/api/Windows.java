package fonio.api;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Calls that run ahead of the reader of their results by a bounded number. */
final class Windows {
  private static final int AHEAD = 1024;

  private Windows() {}

  static <A, R> Stream<R> map(Stream<A> arguments, Function<A, TaskFuture<R>> call) {
    Iterator<R> results = new Ahead<>(arguments.iterator(), call);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(results, Spliterator.ORDERED), false)
        .onClose(arguments::close);
  }

  private static final class Ahead<A, R> implements Iterator<R> {
    private final Iterator<A> arguments;
    private final Function<A, TaskFuture<R>> call;
    private final Queue<TaskFuture<R>> called = new ArrayDeque<>();

    Ahead(Iterator<A> arguments, Function<A, TaskFuture<R>> call) {
      this.arguments = arguments;
      this.call = call;
    }

    @Override
    public boolean hasNext() {
      return !called.isEmpty() || arguments.hasNext();
    }

    @Override
    public R next() {
      while (called.size() < AHEAD && arguments.hasNext()) {
        called.add(call.apply(arguments.next()));
      }
      TaskFuture<R> first = called.poll();
      if (first == null) {
        throw new NoSuchElementException("all results were read");
      }
      return first.join();
    }
  }
}
