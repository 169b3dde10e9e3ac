package dev.atlex.schema;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.generated.ObjectCodec;
import org.jspecify.annotations.Nullable;

/** The empty object, which stands for the parameters, input or output that a method doesn't declare. */
public final class Unit extends LexObject implements Buildable<Unit, Unit.Builder> {
    /** The codec for an object without fields. */
    public static final ObjectCodec<Unit, Builder> CODEC = new EmptyCodec();

    /** The instance without unknown fields. */
    public static final Unit INSTANCE = new Unit(null);

    private Unit(@Nullable LexMap extra) {
        super(extra);
    }

    @Override
    public Builder toBuilder() {
        return new Builder();
    }

    @Override
    protected ObjectSchema<?, ?> codec() {
        return CODEC;
    }

    @Override
    protected Object[] fieldValues() {
        return new Object[0];
    }

    /** Builds a {@link Unit}. */
    public static final class Builder extends ObjectBuilder<Unit, Builder> {
        private Builder() {}

        @Override
        public Unit build() {
            return new Unit(extra());
        }
    }

    private static final class EmptyCodec extends ObjectCodec<Unit, Builder> {
        EmptyCodec() {
            super("nothing", Typing.NONE);
        }

        @Override
        public Builder newBuilder() {
            return new Builder();
        }

        @Override
        public Unit readFields(LexReader reader) {
            LexMap.@Nullable Builder extra = null;
            while (reader.nextField(fields()) != LexReader.END) {
                extra = keep(reader, extra);
            }
            return new Unit(kept(extra));
        }

        @Override
        protected void writeFields(LexWriter writer, Unit value) {
            // A unit has no fields.
        }
    }
}
