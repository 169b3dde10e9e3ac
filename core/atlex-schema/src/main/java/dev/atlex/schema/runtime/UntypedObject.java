package dev.atlex.schema.runtime;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import org.jspecify.annotations.Nullable;

/**
 * A map where a {@link LexObject} is due: the parameters or the input of a method that is known at run time only. Its
 * {@linkplain #field(String) fields} are {@link LexValue}s.
 */
public final class UntypedObject extends LexObject implements Buildable<UntypedObject, UntypedObject.Builder> {
    private final UntypedCodec codec;
    private final LexMap map;

    UntypedObject(UntypedCodec codec, LexMap map) {
        super(map);
        this.codec = codec;
        this.map = map;
    }

    /** The object of such fields, of which no schema is known. */
    public static UntypedObject of(LexMap map) {
        return new UntypedObject(UntypedCodec.ANY, map);
    }

    /** All fields, as they were read or given. */
    public LexMap map() {
        return map;
    }

    @Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    @Override
    protected ObjectSchema<?, ?> codec() {
        return codec;
    }

    @Override
    protected @Nullable Object[] fieldValues() {
        return codec.values(map);
    }

    /** Makes {@link UntypedObject}; every field is set by {@link #unknownField}. */
    public static final class Builder extends ObjectBuilder<UntypedObject, Builder> {
        private final UntypedCodec codec;

        Builder(UntypedCodec codec) {
            this.codec = codec;
        }

        private Builder(UntypedObject from) {
            super(from);
            this.codec = from.codec;
        }

        /** The object. Whether required fields are set is not checked. */
        @Override
        public UntypedObject build() {
            LexMap map = extra();
            return new UntypedObject(codec, map == null ? LexMap.of() : map);
        }
    }
}
