package dev.atlex.repo;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The protocol's interoperability vectors, in the test resources. */
final class Interop {
    private Interop() {}

    static byte[] bytes(String name) {
        try (InputStream in = Objects.requireNonNull(Interop.class.getResourceAsStream("/interop/" + name))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<LexMap> cases(String name) {
        return ((LexArray) LexValue.parseJson(bytes(name), ReadOptions.LENIENT))
                .stream().map(LexMap.class::cast).toList();
    }

    static List<String> strings(LexMap map, String name) {
        return Objects.requireNonNull(map.getArray(name)).stream()
                .map(value -> ((LexString) value).value())
                .toList();
    }
}
