package dev.atlex.cli.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
    private static final List<String> NAMES = List.of("login", "logout", "post", "pds", "notifications", "get");

    @Test
    void typos_haveSuggestions() {
        assertThat(Suggestions.closest("lgin", NAMES)).startsWith("login");
        assertThat(Suggestions.closest("psot", NAMES)).containsExactly("post");
        assertThat(Suggestions.closest("notif", NAMES)).containsExactly("notifications");
        assertThat(Suggestions.closest("LOGIN", NAMES)).startsWith("login");
    }

    @Test
    void otherWords_haveNoSuggestions() {
        assertThat(Suggestions.closest("frobnicate", NAMES)).isEmpty();
        assertThat(Suggestions.closest("x", NAMES)).isEmpty();
    }

    @Test
    void question_listsNames() {
        assertThat(Suggestions.question(List.of())).isEmpty();
        assertThat(Suggestions.question(List.of("a"))).isEqualTo("; did you mean a?");
        assertThat(Suggestions.question(List.of("a", "b", "c"))).isEqualTo("; did you mean a, b or c?");
    }
}
