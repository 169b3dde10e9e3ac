package dev.atlex.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FieldNamesTest {
    /** Returns names with the same hash code. */
    private static List<String> colliding(int bits) {
        return IntStream.range(0, 1 << bits)
                .mapToObj(i -> {
                    StringBuilder text = new StringBuilder();
                    for (int bit = 0; bit < bits; bit++) {
                        text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
                    }
                    return text.toString();
                })
                .toList();
    }

    /** Returns names of the same length with the same first and last eight bytes. */
    private static List<String> sameEnds(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "beginning%06dthe-end!".formatted(i))
                .toList();
    }

    private static void checkFound(List<String> names, List<String> others) {
        FieldNames prepared = FieldNames.of(names.toArray(String[]::new));
        List<String> all = new ArrayList<>(names);
        all.addAll(others);
        LexMap.Builder map = LexMap.builder();
        all.forEach(name -> map.put(name, 1));
        LexMap value = map.build();
        for (int i = 0; i < all.size(); i++) {
            assertThat(prepared.indexOf(all.get(i))).isEqualTo(i < names.size() ? i : LexReader.UNKNOWN);
        }
        LexReader.readJson(value.toJson().getBytes(), ReadOptions.STRICT, reader -> check(reader, prepared, all));
        LexReader.readCbor(value.toCbor(), ReadOptions.STRICT, reader -> check(reader, prepared, all));
        LexReader.readValue(value, ReadOptions.STRICT, reader -> check(reader, prepared, all));
    }

    private static boolean check(LexReader reader, FieldNames prepared, List<String> all) {
        int fields = 0;
        reader.beginMap();
        for (int at = reader.nextField(prepared); at != LexReader.END; at = reader.nextField(prepared)) {
            assertThat(reader.fieldName())
                    .isEqualTo(at < 0 ? all.get(all.indexOf(reader.fieldName())) : prepared.name(at));
            assertThat(at < 0).isEqualTo(all.indexOf(reader.fieldName()) >= prepared.size());
            reader.readInteger();
            fields++;
        }
        assertThat(fields).isEqualTo(all.size());
        return true;
    }

    @Test
    void collidingNamesAreFound() {
        List<String> names = colliding(8);

        checkFound(names.subList(0, 200), names.subList(200, 256));
        checkFound(sameEnds(200), List.of("beginning000300the-end!"));
        checkFound(names.subList(0, 20), names.subList(20, 30));
    }

    @Test
    void ordinaryNamesAreFound() {
        checkFound(List.of("$type", "text", "createdAt", "é"), List.of("tex", "createdat", "e"));
        checkFound(List.of(), List.of("a"));
    }

    @Test
    void duplicateNameIsRejected() {
        List<String> names = new ArrayList<>(colliding(6));
        names.add(names.get(3));

        assertThatThrownBy(() -> FieldNames.of("a", "b", "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FieldNames.of(names.toArray(String[]::new)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
