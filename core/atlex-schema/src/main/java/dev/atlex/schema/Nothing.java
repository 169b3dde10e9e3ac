package dev.atlex.schema;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import org.jspecify.annotations.Nullable;

/** The parameters, the input or the answer of a method that has none. */
public final class Nothing extends LexObject implements Buildable<Nothing, Nothing.Builder> {
    public static final ObjectCodec<Nothing, Builder> CODEC = new EmptyCodec();

    /** The one that is needed. */
    public static final Nothing NONE = new Nothing(null);

    private Nothing(@Nullable LexMap extra) {
        super(extra);
    }

    @Override
    public Builder toBuilder() {
        return new Builder();
    }

    @Override
    protected ObjectCodec<?, ?> codec() {
        return CODEC;
    }

    @Override
    protected Object[] fieldValues() {
        return new Object[0];
    }

    /** Makes {@link Nothing}. */
    public static final class Builder extends ObjectBuilder<Nothing, Builder> {
        private Builder() {}

        @Override
        public Nothing build() {
            return new Nothing(extra());
        }
    }

    private static final class EmptyCodec extends ObjectCodec<Nothing, Builder> {
        EmptyCodec() {
            super("nothing", Typing.NONE);
        }

        @Override
        public Builder newBuilder() {
            return new Builder();
        }

        @Override
        public Nothing readFields(LexReader reader) {
            LexMap.@Nullable Builder extra = null;
            while (reader.nextField(fields()) != LexReader.END) {
                extra = keep(reader, extra);
            }
            return new Nothing(kept(extra));
        }

        @Override
        protected void writeFields(LexWriter writer, Nothing value) {
            // There are none.
        }
    }
}
