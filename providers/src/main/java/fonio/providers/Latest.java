package fonio.providers;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The latest of what was put, by job: when there is too much the oldest is forgotten. */
public final class Latest<V> {
  /** How many ends of jobs are kept: an end may be asked for again while it is on its way. */
  public static final int ENDS = 32;

  private final int most;
  private final Map<String, V> values = new LinkedHashMap<>();

  public Latest(int most) {
    this.most = most;
  }

  /** Puts the value of a job, which makes it the latest. */
  public void put(String job, V value) {
    values.remove(job);
    values.put(job, value);
    if (values.size() > most) {
      values.remove(values.keySet().iterator().next());
    }
  }

  /** The value of a job; null when there is none, or none any more. */
  public @Nullable V get(String job) {
    return values.get(job);
  }

  /** Forgets a job, and returns its value. */
  public @Nullable V remove(String job) {
    return values.remove(job);
  }

  /** Whether there is a value of the job. */
  public boolean has(String job) {
    return values.containsKey(job);
  }

  /** How many there are. */
  public int size() {
    return values.size();
  }
}
