package fonio.manager;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Things of one kind that a node has, such as its cores: a task takes whole ones and parts. */
final class Devices {
  /*
   * What is free is counted in thousandths. Whole ones come from the shortest run of free neighbours that is long enough, else
   * from the lowest that are free. A part comes from the device that it fills best, so that others stay whole; a part that may be
   * split comes from several begun devices before a whole one is broken for it, so that equal shares always fit as often as
   * their sum does.
   */
  static final int WHOLE = 1000;

  /**
   * What was taken of one device.
   *
   * @param device its place, from 0
   * @param thousandths how much of it
   */
  record Piece(int device, int thousandths) {}

  private final int[] free;
  private final boolean splits;

  /**
   * @param splits whether a part of a device may be made of parts of several
   */
  Devices(int count, boolean splits) {
    this.free = new int[count];
    this.splits = splits;
    Arrays.fill(free, WHOLE);
  }

  /** How much there is when all is free. */
  int total() {
    return WHOLE * free.length;
  }

  /** How much of a device is free. */
  int free(int device) {
    return free[device];
  }

  /** Whether so much can be taken. */
  boolean fits(int thousandths) {
    int wholes = thousandths / WHOLE;
    int part = thousandths % WHOLE;
    int whole = 0;
    int begun = 0;
    int largest = 0;
    for (int left : free) {
      if (left == WHOLE) {
        whole++;
      } else {
        begun += left;
        largest = Math.max(largest, left);
      }
    }
    boolean inBegun = part <= (splits ? begun : largest);
    return whole >= wholes + (inBegun ? 0 : 1);
  }

  /** Takes so much, which must fit. */
  List<Piece> take(int thousandths) {
    if (!fits(thousandths)) {
      throw new IllegalStateException(
          thousandths + " thousandths do not fit into " + Arrays.toString(free));
    }
    List<Piece> taken = new ArrayList<>();
    wholes(thousandths / WHOLE, taken);
    part(thousandths % WHOLE, taken);
    return taken;
  }

  /** Takes so much of one device, at most what is free of it. */
  List<Piece> takeOf(int device, int thousandths) {
    List<Piece> taken = new ArrayList<>();
    takeFrom(device, thousandths, taken);
    return taken;
  }

  private void takeFrom(int device, int thousandths, List<Piece> taken) {
    if (thousandths > free[device]) {
      throw new IllegalStateException(
          "device %d has %d thousandths left, not %d".formatted(device, free[device], thousandths));
    }
    free[device] -= thousandths;
    taken.add(new Piece(device, thousandths));
  }

  private void wholes(int wanted, List<Piece> taken) {
    if (wanted == 0) {
      return;
    }
    int missing = wanted;
    for (int device = Math.max(0, run(wanted)); missing > 0; device++) {
      if (free[device] == WHOLE) {
        takeFrom(device, WHOLE, taken);
        missing--;
      }
    }
  }

  /** Where the shortest run of so many free neighbours or more begins; -1 when there is none. */
  private int run(int wanted) {
    int best = -1;
    int bestLength = Integer.MAX_VALUE;
    int length = 0;
    for (int device = 0; device <= free.length; device++) {
      if (device < free.length && free[device] == WHOLE) {
        length++;
        continue;
      }
      if (length >= wanted && length < bestLength) {
        best = device - length;
        bestLength = length;
      }
      length = 0;
    }
    return best;
  }

  private void part(int wanted, List<Piece> taken) {
    if (wanted == 0) {
      return;
    }
    int best = -1;
    int begun = 0;
    for (int device = 0; device < free.length; device++) {
      begun += free[device] == WHOLE ? 0 : free[device];
      if (free[device] >= wanted && (best < 0 || free[device] < free[best])) {
        best = device;
      }
    }
    boolean breaks = best < 0 || free[best] == WHOLE;
    if (!splits || !breaks || begun < wanted) {
      takeFrom(best, wanted, taken);
      return;
    }
    int missing = wanted;
    for (int device = 0; missing > 0; device++) {
      int here = free[device] == WHOLE ? 0 : Math.min(missing, free[device]);
      if (here > 0) {
        takeFrom(device, here, taken);
        missing -= here;
      }
    }
  }

  /** Takes back what was taken. */
  void giveBack(List<Piece> pieces) {
    for (Piece piece : pieces) {
      free[piece.device()] += piece.thousandths();
      if (free[piece.device()] > WHOLE) {
        throw new IllegalStateException("device " + piece.device() + " was given back twice");
      }
    }
  }
}
