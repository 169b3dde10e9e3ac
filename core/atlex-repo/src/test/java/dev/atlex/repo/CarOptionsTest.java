package dev.atlex.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CarOptionsTest {
    @Test
    void toBuilder_keepsAllSettings() {
        CarOptions options =
                CarOptions.of(o -> o.maxHeaderBytes(1).maxBlockBytes(2).maxBytes(3));

        assertThat(options.toBuilder().build())
                .hasToString("CarOptions[maxHeaderBytes=1, maxBlockBytes=2, maxBytes=3]");
        assertThat(CarOptions.DEFAULTS.maxBlockBytes()).isEqualTo(2_097_152);
    }

    @Test
    void limitBelowOne_isRefused() {
        assertThatThrownBy(() -> CarOptions.of(o -> o.maxBytes(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxBytes must be at least 1 (got 0)");
        assertThatThrownBy(() -> CarOptions.of(o -> o.maxBlockBytes(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CarOptions.of(o -> o.maxHeaderBytes(0))).isInstanceOf(IllegalArgumentException.class);
    }
}
