package fonio.pool;

import java.util.random.RandomGenerator;

/** Chooses the worker that gets the next tasks, among those that have room. */
@FunctionalInterface
public interface Placement {
  /** What a placement may look at. */
  interface View {
    int workers();

    /** How many tasks of the class at hand a worker may be sent; 0 for none. */
    int room(int worker);

    /** How many tasks a worker has. */
    int load(int worker);
  }

  /** A worker with room, or -1 when there is none. */
  int choose(View view);

  /** The worker with the fewest tasks. */
  static Placement leastLoaded() {
    return view -> {
      int best = -1;
      for (int w = 0; w < view.workers(); w++) {
        if (view.room(w) > 0 && (best < 0 || view.load(w) < view.load(best))) {
          best = w;
        }
      }
      return best;
    };
  }

  /** One worker after the other. */
  static Placement roundRobin() {
    int[] last = {-1};
    return view -> {
      for (int i = 1; i <= view.workers(); i++) {
        int w = (last[0] + i) % view.workers();
        if (view.room(w) > 0) {
          last[0] = w;
          return w;
        }
      }
      return -1;
    };
  }

  /** Any worker, by chance. */
  static Placement random(RandomGenerator random) {
    return view -> {
      int start = random.nextInt(view.workers());
      for (int i = 0; i < view.workers(); i++) {
        int w = (start + i) % view.workers();
        if (view.room(w) > 0) {
          return w;
        }
      }
      return -1;
    };
  }

  /** A placement by its name in configurations. */
  static Placement named(String name) {
    return switch (name) {
      case "least_loaded" -> leastLoaded();
      case "round_robin" -> roundRobin();
      case "random" -> random(RandomGenerator.getDefault());
      default ->
          throw new IllegalArgumentException(
              "placement=" + name + " is unknown; use least_loaded, round_robin or random");
    };
  }
}
