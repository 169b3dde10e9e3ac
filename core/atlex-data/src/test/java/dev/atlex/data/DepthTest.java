package dev.atlex.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All recursive operations handle the maximum depth on a small stack. */
class DepthTest {
    private static final int STACK = 512 * 1024;
    private static final ReadOptions DEEPEST = ReadOptions.STRICT.withMaxDepth(ReadOptions.MAX_DEPTH);
    private static final FieldNames NAMES = FieldNames.of("parent");

    private static LexValue nested(int depth) {
        LexValue value = LexMap.of();
        for (int i = 1; i < depth; i++) {
            value = i % 2 == 0 ? LexMap.of("parent", value) : LexArray.of(value);
        }
        return value;
    }

    private static void onSmallStack(Runnable body) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(null, body, "small", STACK);
        thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(failure.get()).isNull();
    }

    /** Reads like generated code, with several stack frames per level. */
    private static int read(LexReader reader) {
        if (reader.kind() == Kind.ARRAY) {
            return readList(reader);
        }
        return readUnion(reader);
    }

    private static int readList(LexReader reader) {
        int depth = 0;
        reader.beginArray();
        while (reader.nextElement()) {
            depth = read(reader);
        }
        return depth + 1;
    }

    private static int readUnion(LexReader reader) {
        LexReader entered = reader.enterTyped();
        assertThat(entered.enteredType()).isNull();
        return readFields(entered);
    }

    private static int readFields(LexReader reader) {
        int depth = 0;
        for (int field = reader.nextField(NAMES); field != LexReader.END; field = reader.nextField(NAMES)) {
            depth = read(reader);
        }
        return depth + 1;
    }

    @ParameterizedTest
    @EnumSource
    void deepestValueIsReadOnSmallStack(Format format) {
        LexValue value = nested(ReadOptions.MAX_DEPTH);

        onSmallStack(() -> {
            LexValue read = format.read(value, DEEPEST, LexReader::readValue);
            assertThat(read.equals(value)).isTrue();
            assertThat(read.hashCode()).isEqualTo(value.hashCode());
            assertThat(read.toString()).endsWith("]");
            assertThat(LexWriter.toValue(w -> w.value(read)).equals(value)).isTrue();
            int depth = format.<Integer>read(value, DEEPEST, DepthTest::read);
            assertThat(depth).isEqualTo(ReadOptions.MAX_DEPTH);
        });
    }

    @ParameterizedTest
    @EnumSource
    void nestingBeyondLimitIsRejected(Format format) {
        LexValue value = nested(100);
        ReadOptions options = ReadOptions.STRICT.withMaxDepth(99);

        for (Consumer<LexReader> body : java.util.List.<Consumer<LexReader>>of(LexReader::readValue, DepthTest::read)) {
            assertThatThrownBy(() -> format.read(value, options, reader -> {
                        body.accept(reader);
                        return "";
                    }))
                    .isInstanceOf(LexDataException.class)
                    .hasMessageContaining("99");
        }
        assertThat(format.<Integer>read(value, options.withMaxDepth(100), DepthTest::read))
                .isEqualTo(100);
    }

    @Test
    void writersRejectNestingBeyondLimit() {
        LexValue tooDeep = nested(100_000);

        onSmallStack(() -> {
            for (Consumer<LexValue> write :
                    java.util.List.<Consumer<LexValue>>of(LexValue::toJson, LexValue::toCbor, LexValue::cid)) {
                assertThatThrownBy(() -> write.accept(tooDeep))
                        .isInstanceOf(LexDataException.class)
                        .hasMessageContaining("nested deeper than " + ReadOptions.MAX_DEPTH);
            }
            assertThatThrownBy(() -> LexWriter.toValue(w -> {
                        for (int i = 0; i <= ReadOptions.MAX_DEPTH; i++) {
                            w.beginArray();
                        }
                    }))
                    .isInstanceOf(LexDataException.class);
        });
    }

    @Test
    void bytesAreAllowedAtMaximumDepth() {
        LexValue value = Bytes.of(new byte[] {1});
        for (int i = 0; i < ReadOptions.MAX_DEPTH; i++) {
            value = LexArray.of(value);
        }
        LexValue deepest = value;
        onSmallStack(() -> {
            assertThat(LexValue.parseCbor(deepest.toCbor(), DEEPEST).equals(deepest))
                    .isTrue();
            // in JSON, the bytes are a nested object
            assertThat(deepest.toJson()).contains("$bytes");
        });
    }
}
