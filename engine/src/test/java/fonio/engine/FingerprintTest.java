package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.api.Task1;
import fonio.api.spi.Body;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static Body body(Task1<Integer, Integer> function) {
    return given -> function.run((Integer) given[0]);
  }

  private static Task1<Integer, Integer> adding(Object captured) {
    return n -> n + captured.hashCode();
  }

  static final class Doubling implements Task1<Integer, Integer> {
    private static final long serialVersionUID = 1;

    @Override
    public Integer run(Integer n) {
      return 2 * n;
    }
  }

  @Test
  void equalValuesHaveOneDigestAndOthersAnother() throws IOException {
    assertThat(Fingerprint.of(new ArrayList<>(List.of(1, 2))).digest())
        .isEqualTo(Fingerprint.of(new ArrayList<>(List.of(1, 2))).digest())
        .isNotEqualTo(Fingerprint.of(new ArrayList<>(List.of(1, 3))).digest());
    assertThat(Fingerprint.of(1).digest()).isNotEqualTo(Fingerprint.of(1L).digest());
    assertThat(Fingerprint.of(null).digest()).isNotEqualTo(Fingerprint.of("").digest());
  }

  @Test
  void aLambdaBringsTheClassOfItsMethod() throws IOException {
    Fingerprint parse = Fingerprint.of((Task1<String, Integer> & Serializable) Helper::length);
    assertThat(parse.classes()).contains(FingerprintTest.class, Helper.class);
    assertThat(parse.owners()).containsExactly(FingerprintTest.class);
    assertThat(parse.name()).endsWith("Helper.length");
  }

  static final class Helper {
    private Helper() {}

    static int length(String text) {
      return text.length();
    }
  }

  @Test
  void onlyLambdasOfScalarsAreConstant() throws IOException {
    assertThat(Fingerprint.of(body(n -> n + 1)).isConstant()).isTrue();
    assertThat(Fingerprint.of(body(adding("text"))).isConstant()).isTrue();
    assertThat(Fingerprint.of(body(adding(null))).isConstant()).isTrue();
    assertThat(Fingerprint.of(body(adding(new int[1]))).isConstant()).isFalse();
    assertThat(Fingerprint.of(body(adding(new ArrayList<>()))).isConstant()).isFalse();
    assertThat(Fingerprint.of(body(new Doubling())).isConstant()).isFalse();
    assertThat(Fingerprint.of(new Doubling()).isConstant()).isFalse();
  }

  @Test
  void aFunctionThatIsAnObjectOwnsItsClass() throws IOException {
    assertThat(Fingerprint.of(new Doubling()).owners()).containsExactly(Doubling.class);
    assertThat(Fingerprint.of(new Doubling()).name()).isEqualTo("Doubling");
  }

  @Test
  void whatCannotBeWrittenIsNamed() {
    assertThatThrownBy(() -> Fingerprint.of(adding(new Thread())))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("Thread");
  }
}
