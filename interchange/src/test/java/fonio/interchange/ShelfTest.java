package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShelfTest {
  private final Shelf shelf = new Shelf(100);

  @Test
  void whatWasUsedLongestAgoGoesFirst() {
    assertThat(shelf.put(1, 40)).isEmpty();
    assertThat(shelf.put(2, 40)).isEmpty();
    assertThat(shelf.use(1)).isEqualTo(40);
    assertThat(shelf.put(3, 30)).containsExactly(2L);
    assertThat(shelf.tasks()).containsExactly(1L, 3L);
    assertThat(shelf.takenBytes()).isEqualTo(70);
  }

  @Test
  void asManyGoAsTheNewOneNeeds() {
    shelf.put(1, 30);
    shelf.put(2, 30);
    shelf.put(3, 30);
    assertThat(shelf.put(4, 90)).containsExactly(1L, 2L, 3L);
    assertThat(shelf.tasks()).containsExactly(4L);
  }

  @Test
  void whatIsLargerThanTheShelfGoesItself() {
    shelf.put(1, 30);
    assertThat(shelf.put(2, 101)).containsExactly(1L, 2L);
    assertThat(shelf.isEmpty()).isTrue();
    assertThat(new Shelf(0).put(1, 1)).containsExactly(1L);
  }

  @Test
  void resultThatIsSaidTwiceCountsOnce() {
    shelf.put(1, 30);
    assertThat(shelf.put(1, 50)).isEmpty();
    assertThat(shelf.takenBytes()).isEqualTo(50);
    assertThat(shelf.remove(1)).isTrue();
    assertThat(shelf.remove(1)).isFalse();
    assertThat(shelf.takenBytes()).isZero();
  }

  @Test
  void ofTwoTasksThatAManagerCannotTellApartNeitherStays() {
    long far = (1L << 32) + 1;
    shelf.put(1, 30);
    shelf.put(2, 30);
    assertThat(shelf.put(far, 20)).containsExactly(1L);
    assertThat(shelf.use(1)).isEqualTo(-1);
    assertThat(shelf.use(far)).isEqualTo(-1);
    assertThat(shelf.takenBytes()).isEqualTo(30);
  }

  @Test
  void taskIsFoundByTheLower32BitsOfItsNumberAndByNoOther() {
    long far = (1L << 32) + 1;
    shelf.put(far, 30);
    assertThat(shelf.named(1)).isEqualTo(far);
    assertThat(shelf.use(1)).isEqualTo(-1);
    assertThat(shelf.has(far)).isTrue();
  }
}
