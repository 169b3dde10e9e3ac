package dev.atlex.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.Cid;
import dev.atlex.data.InvalidSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests all of the protocol's interoperability vectors for string formats. */
class InteropSyntaxTest {
    private record Format(Predicate<String> isValid, Function<String, ?> of) {}

    private static final Map<String, Format> FORMATS = Map.ofEntries(
            Map.entry("atidentifier", new Format(AtIdentifier::isValid, AtIdentifier::of)),
            Map.entry("aturi", new Format(AtUri::isValid, AtUri::of)),
            Map.entry("cid", new Format(Cid::isValid, Cid::of)),
            Map.entry("datetime", new Format(Datetime::isValid, Datetime::of)),
            Map.entry("did", new Format(Did::isValid, Did::of)),
            Map.entry("handle", new Format(Handle::isValid, Handle::of)),
            Map.entry("language", new Format(LanguageTag::isValid, LanguageTag::of)),
            Map.entry("nsid", new Format(Nsid::isValid, Nsid::of)),
            Map.entry("recordkey", new Format(RecordKey::isValid, RecordKey::of)),
            Map.entry("tid", new Format(Tid::isValid, Tid::of)));

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("valid")
    void validTextIsAcceptedUnchanged(String format, String text) {
        if (format.equals("uri")) {
            assertThat(Uris.isValid(text)).isTrue();
            return;
        }
        Format checks = Objects.requireNonNull(FORMATS.get(format), format);
        assertThat(checks.isValid().test(text)).isTrue();
        assertThat(checks.of().apply(text)).hasToString(text);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("invalid")
    void invalidTextIsRejected(String format, String text) {
        if (format.equals("uri")) {
            assertThat(Uris.isValid(text)).isFalse();
            return;
        }
        Format checks = Objects.requireNonNull(FORMATS.get(format), format);
        assertThat(checks.isValid().test(text)).isFalse();
        assertThatThrownBy(() -> checks.of().apply(text)).isInstanceOf(InvalidSyntaxException.class);
    }

    @Test
    void everyFormatHasVectors() throws IOException {
        assertThat(valid().map(line -> line.get()[0]).distinct())
                .contains("uri")
                .containsAll(FORMATS.keySet())
                .hasSize(FORMATS.size() + 1);
        assertThat(valid().count()).isGreaterThan(240);
        assertThat(invalid().count()).isGreaterThan(270);
    }

    static Stream<Arguments> valid() throws IOException {
        return lines("_valid.txt");
    }

    static Stream<Arguments> invalid() throws IOException {
        return lines("_invalid.txt");
    }

    private static Stream<Arguments> lines(String suffix) throws IOException {
        Path folder = InteropVectors.folder().resolve("syntax");
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
        Stream.Builder<Arguments> out = Stream.builder();
        for (Path file : files) {
            String format = file.getFileName().toString().replaceFirst("_.*", "");
            for (String line : Files.readAllLines(file)) {
                if (!line.isEmpty() && !line.startsWith("#")) {
                    out.add(Arguments.of(format, line));
                }
            }
        }
        return out.build();
    }
}
