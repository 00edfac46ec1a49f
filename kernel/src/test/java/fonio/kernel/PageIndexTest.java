package fonio.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PageIndexTest {

  @Test
  void pagesThatCollideAreFoundAndRemoved() {
    var index = new PageIndex();
    long[] pages = {3, 19, 35, 4, 5, 1L << 40 | 3, 15, 31};
    for (int slot = 0; slot < pages.length; slot++) {
      index.put(pages[slot], slot);
    }
    for (int gone = 0; gone < pages.length; gone++) {
      index.remove(pages[gone]);
      for (int slot = 0; slot < pages.length; slot++) {
        assertThat(index.slot(pages[slot])).isEqualTo(slot <= gone ? PageIndex.NONE : slot);
      }
    }
    assertThat(index.size()).isZero();
  }

  @Test
  void indexFindsWhatAMapFinds() {
    var random = new SplittableRandom(7);
    var index = new PageIndex();
    var map = new HashMap<Long, Integer>();
    for (int step = 0; step < 50_000; step++) {
      long page = random.nextInt(4) * 1024L + random.nextInt(60);
      if (map.remove(page) != null) {
        index.remove(page);
      } else {
        map.put(page, step);
        index.put(page, step);
      }
      long asked = random.nextInt(4) * 1024L + random.nextInt(60);
      assertThat(index.slot(asked)).isEqualTo(map.getOrDefault(asked, PageIndex.NONE));
      assertThat(index.size()).isEqualTo(map.size());
    }
  }
}
