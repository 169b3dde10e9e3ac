package dev.atlex.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LexMapTest {
    private static LexMap ofSize(int size) {
        LexMap.Builder builder = LexMap.builder();
        for (int i = 0; i < size; i++) {
            builder.put("key" + i, i);
        }
        return builder.build();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 16, 17, 100, 5000})
    void getFindsExactlyItsKeys(int size) {
        LexMap map = ofSize(size);

        assertThat(map).hasSize(size);
        for (int i = 0; i < size; i++) {
            assertThat(map.getInteger("key" + i)).isEqualTo(i);
        }
        assertThat(map.get("key" + size)).isNull();
        assertThat(map.containsKey("key" + size)).isFalse();
        assertThat(map.get(null)).isNull();
        assertThat(map.get(7)).isNull();
    }

    @Test
    void keysKeepInsertionOrder() {
        LexMap map = LexMap.builder().put("z", 1).put("a", 2).put("m", 3).build();

        assertThat(map.keySet()).containsExactly("z", "a", "m");
        assertThat(new ArrayList<>(map.values())).containsExactly(LexValue.of(1), LexValue.of(2), LexValue.of(3));
        assertThat(LexValue.parseJson("{\"z\":1,\"a\":2,\"m\":3}").toJson()).isEqualTo("{\"z\":1,\"a\":2,\"m\":3}");
    }

    @Test
    void put_existingKey_keepsPositionAndLastValue() {
        LexMap map = LexMap.builder().put("a", 1).put("b", 2).put("a", 3).build();

        assertThat(map).hasToString("{a=3, b=2}");
        assertThat(map.toBuilder().remove("a").build()).isEqualTo(LexMap.of("b", LexValue.of(2)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 12})
    void equalsAnyMapWithTheSameEntries(int size) {
        LexMap map = ofSize(size);
        Map<String, LexValue> backwards = new LinkedHashMap<>();
        for (int i = size - 1; i >= 0; i--) {
            backwards.put("key" + i, LexValue.of(i));
        }

        assertThat(map).isEqualTo(backwards).hasSameHashCodeAs(backwards);
        assertThat(backwards).isEqualTo(map);
        assertThat(LexMap.copyOf(backwards)).isEqualTo(map);
        backwards.put("key0", LexValue.of("other"));
        assertThat(map).isNotEqualTo(backwards);
    }

    @Test
    void mapIsUnmodifiable() {
        LexMap map = ofSize(2);

        assertThatThrownBy(() -> map.put("x", LexNull.NULL)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.remove("key0")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.entrySet().iterator().next().setValue(LexNull.NULL))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void builderDoesNotModifyBuiltMaps() {
        LexMap.Builder builder = LexMap.builder().put("a", 1);
        LexMap first = builder.build();
        builder.put("a", 2).put("b", 3);

        assertThat(first).isEqualTo(LexMap.of("a", LexValue.of(1)));
    }

    @Test
    void nullValueIsRejected() {
        Map<String, LexValue> holdsNull = new HashMap<>();
        holdsNull.put("a", null);

        assertThatThrownBy(() -> LexMap.copyOf(holdsNull)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void typedGettersReturnNullForOtherKinds() {
        LexMap map = LexMap.builder()
                .put("s", "text")
                .put("i", 5)
                .put("b", true)
                .put("m", LexMap.of())
                .put("l", LexArray.of())
                .put("$type", "a.b.c")
                .build();

        assertThat(map.getString("s")).isEqualTo("text");
        assertThat(map.getString("i")).isNull();
        assertThat(map.getInteger("i")).isEqualTo(5L);
        assertThat(map.getInteger("s")).isNull();
        assertThat(map.getBoolean("b")).isTrue();
        assertThat(map.getBoolean("i")).isNull();
        assertThat(map.getMap("m")).isSameAs(LexMap.of());
        assertThat(map.getMap("l")).isNull();
        assertThat(map.getArray("l")).isEmpty();
        assertThat(map.getArray("m")).isNull();
        assertThat(map.type()).isEqualTo("a.b.c");
        assertThat(LexMap.of().type()).isNull();
    }

    /** Many keys with the same hash code, or many duplicates of one key, must not take quadratic time. */
    @Test
    void collidingKeysDoNotSlowParsing() {
        List<String> colliding = new ArrayList<>(List.of(""));
        for (int bit = 0; bit < 16; bit++) {
            List<String> longer = new ArrayList<>();
            colliding.forEach(key -> {
                longer.add(key + "Aa");
                longer.add(key + "BB");
            });
            colliding = longer;
        }
        List<String> keys = colliding;
        LexMap.Builder builder = LexMap.builder();
        keys.forEach(key -> builder.put(key, 0));
        byte[] distinct = builder.put("end", 1).build().toCbor();
        String same = "{" + "\"a\":0,".repeat(100_000) + "\"a\":1}";

        Assertions.assertTimeout(Duration.ofSeconds(10), () -> {
            LexMap map = (LexMap) LexValue.parseCbor(distinct);
            assertThat(map).hasSize(keys.size() + 1).containsEntry("end", LexValue.of(1));
            assertThat(map.getInteger(keys.get(keys.size() - 1))).isZero();
            assertThat(map.get("Aa")).isNull();
            assertThat(LexValue.parseJson(same)).isEqualTo(LexMap.of("a", LexValue.of(1)));
        });
    }

    @Test
    void secretsAreRedactedAtAnyDepth() {
        LexMap session = LexMap.builder()
                .put("did", "did:plc:abc")
                .put("accessJwt", "eyJ.secret.1")
                .put("refreshJwt", "eyJ.secret.2")
                .put("password", LexMap.of("plain", LexValue.of("secret")))
                .build();
        LexValue nested = LexArray.of(LexMap.of("session", session));

        assertThat(nested.toString()).contains("did:plc:abc", "accessJwt=***").doesNotContain("secret");
        assertThat(session.entrySet().toString()).doesNotContain("secret");
        assertThat(nested.toJson()).contains("eyJ.secret.1");
    }

    @Test
    void arrayIsUnmodifiableList() {
        List<LexValue> source = new ArrayList<>(List.of(LexValue.of("a"), LexNull.NULL));
        LexArray array = LexArray.copyOf(source);
        source.clear();

        assertThat(array).hasSize(2).isEqualTo(List.of(LexValue.of("a"), LexNull.NULL));
        assertThat(array.kind()).isEqualTo(Kind.ARRAY);
        assertThat(LexArray.copyOf(array)).isSameAs(array);
        assertThatThrownBy(() -> array.add(LexNull.NULL)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> array.set(0, LexNull.NULL)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> array.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
