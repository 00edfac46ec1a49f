package fonio.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PagesTest {

  @Test
  void releasedPageIsUsedAgain() {
    try (var pages = new Pages(4096, 2)) {
      assertThat(pages.acquire()).isZero();
      assertThat(pages.acquire()).isEqualTo(1);
      pages.release(0);

      assertThat(pages.acquire()).isZero();
      assertThat(pages.allocated()).isEqualTo(2);
      assertThat(pages.bytes()).isEqualTo(2 * 4096);
    }
  }

  @Test
  void onlyAFewFreePagesAreKept() {
    try (var pages = new Pages(4096, 2)) {
      for (int i = 0; i < 100; i++) {
        pages.acquire();
      }
      for (int slot = 0; slot < 100; slot++) {
        pages.release(slot);
      }

      assertThat(pages.allocated()).isEqualTo(2);
      var seen = new boolean[100];
      for (int i = 0; i < 100; i++) {
        int slot = pages.acquire();
        assertThat(seen[slot]).isFalse();
        seen[slot] = true;
        Memory.putLong(pages.address(slot) + 4088, slot);
      }
      assertThat(pages.allocated()).isEqualTo(100);
      for (int slot = 0; slot < 100; slot++) {
        assertThat(Memory.getLong(pages.address(slot) + 4088)).isEqualTo(slot);
      }
    }
  }

  @Test
  void pagesBeginAtACacheLine() {
    try (var pages = new Pages(24 * 4096, 1)) {
      assertThat(pages.address(pages.acquire()) % 64).isZero();
    }
  }

  @Test
  void trimGivesBackTheLaterPages() {
    try (var pages = new Pages(4096, 0)) {
      for (int i = 0; i < 10; i++) {
        pages.acquire();
      }
      pages.trim(4);

      assertThat(pages.allocated()).isEqualTo(4);
      assertThat(pages.address(4)).isZero();
      assertThat(pages.address(3)).isNotZero();
      assertThat(pages.acquire()).isEqualTo(4);
    }
  }

  @Test
  void closingTwiceIsHarmless() {
    var pages = new Pages(4096, 1);
    pages.release(pages.acquire());
    pages.acquire();
    pages.close();
    pages.close();
    assertThat(pages.bytes()).isZero();
  }
}
