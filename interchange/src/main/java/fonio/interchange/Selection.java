package fonio.interchange;

import java.util.random.RandomGenerator;

/** Chooses the manager that gets the next tasks, among those that have room. */
@FunctionalInterface
public interface Selection {
  /** What a selection may look at: the managers that have room, by their place among those. */
  interface View {
    /** How many managers have room; at least one. */
    int size();

    /** Which part of what it can take a manager has, 0 to 1. */
    double taken(int place);

    /** The number of the block that a manager belongs to; a word that is no number counts last. */
    int block(int place);
  }

  /** The place of a manager. */
  int choose(View view);

  /** Whether a manager that keeps input of a task is preferred to the one that is chosen. */
  default boolean isByData() {
    return false;
  }

  /** How many managers are compared where there are very many. */
  int SAMPLE = 16;

  /** Any manager, by chance. */
  static Selection random(RandomGenerator random) {
    return view -> view.size() == 1 ? 0 : random.nextInt(view.size());
  }

  /** The manager with the least part taken, of all or, where there are very many, of a sample. */
  static Selection leastLoaded(RandomGenerator random) {
    return view -> {
      int size = view.size();
      int looks = Math.min(size, SAMPLE);
      int start = size > SAMPLE ? random.nextInt(size) : 0;
      int best = start;
      for (int i = 1; i < looks; i++) {
        int place = (start + i) % size;
        if (view.taken(place) < view.taken(best)) {
          best = place;
        }
      }
      return best;
    };
  }

  /** A manager of the lowest block, so that the others fall idle and can go. */
  static Selection byBlock() {
    return view -> {
      int best = 0;
      for (int place = 1; place < view.size(); place++) {
        if (view.block(place) < view.block(best)) {
          best = place;
        }
      }
      return best;
    };
  }

  /** The manager that keeps most of a task's input; where none does, the least loaded. */
  static Selection byData(RandomGenerator random) {
    Selection otherwise = leastLoaded(random);
    return new Selection() {
      @Override
      public int choose(View view) {
        return otherwise.choose(view);
      }

      @Override
      public boolean isByData() {
        return true;
      }
    };
  }

  /** A selection by its name in configurations. */
  static Selection named(String name) {
    return switch (name) {
      case "random" -> random(RandomGenerator.getDefault());
      case "least_loaded" -> leastLoaded(RandomGenerator.getDefault());
      case "block" -> byBlock();
      case "data" -> byData(RandomGenerator.getDefault());
      default ->
          throw new IllegalArgumentException(
              "manager_selector=" + name + " is unknown; use random, least_loaded, block or data");
    };
  }
}
