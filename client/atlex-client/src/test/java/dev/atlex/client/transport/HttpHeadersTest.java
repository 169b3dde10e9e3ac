package dev.atlex.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpHeadersTest {
    @Test
    void namesIgnoreCase() {
        HttpHeaders headers = HttpHeaders.of("Content-Type", "a", "X-Two", "1", "x-two", "2");

        assertThat(headers.first("content-type")).isEqualTo("a");
        assertThat(headers.first("X-TWO")).isEqualTo("1");
        assertThat(headers.all("x-Two")).containsExactly("1", "2");
        assertThat(headers.first("absent")).isNull();
        assertThat(headers.all("absent")).isEmpty();
        assertThat(headers.names()).containsExactlyInAnyOrder("Content-Type", "X-Two");
        assertThat(headers.names().contains("x-TWO")).isTrue();
    }

    @Test
    void orderAndSpellingAreKept() {
        List<String> seen = new ArrayList<>();
        HttpHeaders.of("B", "1", "a", "2", "b", "3").forEach((name, value) -> seen.add(name + "=" + value));
        assertThat(seen).containsExactly("B=1", "a=2", "b=3");
    }

    @Test
    void setReplacesAllValuesAndAddKeepsThem() {
        HttpHeaders base = HttpHeaders.of("a", "1", "A", "2", "b", "3");

        assertThat(base.toBuilder().set("A", "4").build().all("a")).containsExactly("4");
        assertThat(base.toBuilder().add("a", "4").build().all("a")).containsExactly("1", "2", "4");
        assertThat(base.toBuilder().remove("A").build()).isEqualTo(HttpHeaders.of("b", "3"));
        assertThat(base.all("a")).as("the original is unchanged").containsExactly("1", "2");
    }

    @Test
    void equalsIgnoresCaseOfNamesButNotOrderOfValues() {
        HttpHeaders headers = HttpHeaders.of("A", "1", "b", "2", "a", "3");

        assertThat(headers)
                .isEqualTo(HttpHeaders.of("B", "2", "a", "1", "A", "3"))
                .hasSameHashCodeAs(HttpHeaders.of("B", "2", "a", "1", "A", "3"))
                .isNotEqualTo(HttpHeaders.of("A", "3", "b", "2", "a", "1"));
        assertThat(HttpHeaders.of()).isEqualTo(HttpHeaders.builder().build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret\r\nX-Evil: 1", "s3cret\n", "s3cret\r", "s3cret\0", "s3cret\u007f", "s3cret\u0100"})
    void invalidValueIsRefusedWithoutShowingIt(String value) {
        assertThatThrownBy(() -> HttpHeaders.of("Authorization", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Authorization")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> HttpHeaders.builder().set("Authorization", value))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a:", "a\r\nb", "ä", "Authorization: Bearer s3cret"})
    void nameThatIsNotATokenIsRefused(String name) {
        assertThatThrownBy(() -> HttpHeaders.of(name, "v"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a header name")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void oddNumberOfNamesAndValuesIsRefused() {
        assertThatThrownBy(() -> HttpHeaders.of("a", "1", "b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toStringHidesCredentials() {
        String text = HttpHeaders.of(
                        "AUTHORIZATION",
                        "s3cret",
                        "Proxy-Authorization",
                        "s3cret",
                        "Cookie",
                        "s3cret",
                        "Set-Cookie",
                        "s3cret",
                        "DPoP",
                        "s3cret",
                        "Accept",
                        "shown")
                .toString();

        assertThat(text).doesNotContain("s3cret").contains("AUTHORIZATION: [redacted]", "Accept: shown");
    }
}
