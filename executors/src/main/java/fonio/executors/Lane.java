package fonio.executors;

import fonio.wire.ClassDefinition;
import fonio.wire.FrameView;
import fonio.wire.FunctionDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kernel's side of one executor: takes ready tasks and reports what became of them.
 *
 * <p>One thread at a time calls everything here.
 */
public interface Lane extends AutoCloseable {
  /** What became of the wish to take a task back. */
  enum Recalled {
    /** It was returned and will not run. */
    YES,
    /** It runs, or has ended. */
    NO,
    /** Its holder is asked: the outcomes hear {@code recalled} or {@code tooLate}. */
    ASKED
  }

  /** What can be done with the managers of an executor. */
  enum Command {
    /** They get no more tasks, for now. */
    HOLD,
    /** They get tasks again. */
    RELEASE,
    /** Each frame to and from them is logged. */
    VERBOSE,
    /** Their frames are logged no more. */
    QUIET,
    /** They finish what they have, and end. */
    DRAIN,
    /** They end at once. */
    KILL
  }

  /** How many workers it has now. */
  int workers();

  /** Reads what came and watches; how much was done. */
  int doWork();

  /** Sends ready tasks to where there is room; how many. */
  int dispatch();

  /** How long the loop may sleep when no link wakes it. */
  long sleepNanos(long nowNanos);

  /** Remembers a function. */
  void function(FunctionDefinition function);

  /** Remembers a class. */
  void define(ClassDefinition definition);

  /** Gives all workers a shared object. */
  void share(FrameView frame);

  /** Takes a shared object back. */
  void unshare(int object);

  /** Nobody needs the large result of a task any more; copies of it may go. */
  default void released(long task) {}

  /** Takes a task back that has not begun. */
  Recalled recall(long task);

  /** Ends a running task; false when nobody has it. */
  boolean kill(long task);

  /**
   * Does something with some of its managers.
   *
   * @param part a block or a manager; empty for all
   * @return what it was done with
   * @throws IllegalArgumentException when there is no such part, with those that there are
   */
  Concerned obey(Command command, String part);

  /** Its name, for people. */
  String label();

  /**
   * What it has now, for observers: {@code kind}, {@code workers}, {@code free} and {@code tasks},
   * and its parts under keys with a number, such as {@code managers.0.host}.
   */
  Map<String, String> status();

  /** Who has a task, and since when if that is known; empty when nobody has it. */
  Optional<String> holder(long task);

  /** Why a ready task finds no worker now, line by line; empty when one is free. */
  List<String> obstacles();

  /** One line for each part of it, by name. */
  Map<String, String> describe();

  @Override
  void close();
}
