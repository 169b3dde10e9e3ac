// Generated from the lexicon com.example.method.doObject. Do not edit.
package com.example.method;

import static dev.atlex.schema.Output.json;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.Codec;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.Procedure;
import dev.atlex.schema.generated.ObjectCodec;
import dev.atlex.schema.generated.UnionCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The procedure {@code com.example.method.doObject}. Call it with {@link #PROCEDURE}. */
public final class DoObject {
    /** The method's NSID. */
    public static final String NSID = "com.example.method.doObject";

    /** The error {@code Bad}, which the method declares. */
    public static final String ERROR_BAD = "Bad";

    /** The procedure {@code com.example.method.doObject}. Declared errors: {@link #ERROR_BAD}. */
    public static final Procedure<Input, Input.Builder, Output> PROCEDURE = new Procedure<>(NSID,
            Params.CODEC, Input.CODEC, json(Output.CODEC), List.of(ERROR_BAD));

    private DoObject() {}

    /** The parameters of {@code com.example.method.doObject}. All are optional. */
    public static final class Params extends LexObject implements Buildable<Params, Params.Builder> {
        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Params, Builder> CODEC = new ParamsCodec();

        private final Boolean dry;

        private Params(Boolean dry, LexMap extra) {
            super(extra);
            this.dry = dry;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code dry}: optional. */
        public @Nullable Boolean dry() {
            return dry;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {dry};
        }

        /** Builds {@link Params}. */
        public static final class Builder extends ObjectBuilder<Params, Builder> {
            private Boolean dry;

            private Builder() {}

            private Builder(Params from) {
                super(from);
                this.dry = from.dry;
            }

            /** Sets {@code dry}: optional. */
            public Builder dry(@Nullable Boolean dry) {
                this.dry = dry;
                return this;
            }

            @Override
            public Params build() {
                return new Params(dry, extra());
            }
        }

        private static final class ParamsCodec extends ObjectCodec<Params, Builder> {
            ParamsCodec() {
                super("com.example.method.doObject parameters", "b", ObjectCodec.Typing.NONE,
                        "dry");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Params readFields(LexReader reader) {
                Boolean dry = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> dry = reader.readBoolean();
                        default -> extra = keep(reader, extra);
                    }
                }
                return new Params(dry, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Params value) {
                if (value.dry != null) {
                    writer.name(fields(), 0);
                    writer.bool(value.dry);
                }
            }
        }
    }

    /** The input of {@code com.example.method.doObject}. Required: {@code input}. */
    public static final class Input extends LexObject implements Buildable<Input, Input.Builder> {
        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Input, Builder> CODEC = new InputCodec();

        private final InputObject input;
        private final Output output;

        private Input(InputObject input, Output output, LexMap extra) {
            super(extra);
            this.input = input;
            this.output = output;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code input}: required. */
        public InputObject input() {
            return input;
        }

        /** Returns {@code output}: optional. */
        public @Nullable Output output() {
            return output;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {input, output};
        }

        /** Builds {@link Input}. */
        public static final class Builder extends ObjectBuilder<Input, Builder> {
            private InputObject input;
            private Output output;

            private Builder() {}

            private Builder(Input from) {
                super(from);
                this.input = from.input;
                this.output = from.output;
            }

            /** Sets {@code input}: required. */
            public Builder input(InputObject input) {
                this.input = input;
                return this;
            }

            /** Sets {@code output}: optional. */
            public Builder output(@Nullable Output output) {
                this.output = output;
                return this;
            }

            @Override
            public Input build() {
                return new Input(required(input, "input", CODEC.type()), output, extra());
            }
        }

        private static final class InputCodec extends ObjectCodec<Input, Builder> {
            InputCodec() {
                super("com.example.method.doObject input", "mm", ObjectCodec.Typing.NONE, "input",
                        "output");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Input readFields(LexReader reader) {
                InputObject input = null;
                Output output = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> input = InputObject.CODEC.read(reader);
                        case 1 -> output = Output.CODEC.read(reader);
                        default -> extra = keep(reader, extra);
                    }
                }
                if (reader.validating()) {
                    if (input == null) {
                        throw reader.missing("input");
                    }
                }
                return new Input(input, output, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Input value) {
                if (value.input != null) {
                    writer.name(fields(), 0);
                    InputObject.CODEC.write(writer, value.input);
                }
                if (value.output != null) {
                    writer.name(fields(), 1);
                    Output.CODEC.write(writer, value.output);
                }
            }
        }

        /** The object at {@code com.example.method.doObject input.input}. */
        public static final class InputObject extends LexObject implements Buildable<InputObject, InputObject.Builder> {
            /** Reads and writes objects of this type. */
            public static final ObjectCodec<InputObject, Builder> CODEC = new InputObjectCodec();

            private final Long x;

            private InputObject(Long x, LexMap extra) {
                super(extra);
                this.x = x;
            }

            /** Returns an empty builder. */
            public static Builder builder() {
                return new Builder();
            }

            @Override
            public Builder toBuilder() {
                return new Builder(this);
            }

            /** Returns {@code x}: optional. */
            public @Nullable Long x() {
                return x;
            }

            @Override
            protected ObjectSchema<?, ?> codec() {
                return CODEC;
            }

            @Override
            protected Object[] fieldValues() {
                return new Object[] {x};
            }

            /** Builds {@link InputObject}. */
            public static final class Builder extends ObjectBuilder<InputObject, Builder> {
                private Long x;

                private Builder() {}

                private Builder(InputObject from) {
                    super(from);
                    this.x = from.x;
                }

                /** Sets {@code x}: optional. */
                public Builder x(@Nullable Long x) {
                    this.x = x;
                    return this;
                }

                /** Sets {@code x}. */
                public Builder x(long x) {
                    return x((Long) x);
                }

                @Override
                public InputObject build() {
                    return new InputObject(x, extra());
                }
            }

            private static final class InputObjectCodec extends ObjectCodec<InputObject, Builder> {
                InputObjectCodec() {
                    super("com.example.method.doObject input.input", "i", ObjectCodec.Typing.NONE,
                            "x");
                }

                @Override
                public Builder newBuilder() {
                    return new Builder();
                }

                @Override
                public InputObject readFields(LexReader reader) {
                    Long x = null;
                    LexMap.Builder extra = null;
                    int field;
                    while ((field = reader.nextField(fields())) != LexReader.END) {
                        switch (field) {
                            case 0 -> x = reader.readInteger();
                            default -> extra = keep(reader, extra);
                        }
                    }
                    return new InputObject(x, kept(extra));
                }

                @Override
                protected void writeFields(LexWriter writer, InputObject value) {
                    if (value.x != null) {
                        writer.name(fields(), 0);
                        writer.integer(value.x);
                    }
                }
            }
        }

        /** The open union at {@code com.example.method.doObject input.output}. */
        public sealed interface Output {
            /** Reads and writes values of this union. */
            Codec<Output> CODEC = new UnionCodec<Output>() {
                @Override
                protected Output readVariant(String type, LexReader reader) {
                    return switch (type) {
                        case "com.example.method.doObject#input" -> new InputDef(DoObject.InputDef.CODEC.readFields(reader));
                        default -> new Unknown(type, unknown(type, reader));
                    };
                }

                @Override
                public void write(LexWriter writer, Output value) {
                    if (value instanceof InputDef variant) {
                        DoObject.InputDef.CODEC.writeTyped(writer, variant.value());
                    } else if (value instanceof Unknown variant) {
                        writer.value(variant.value());
                    }
                }
            };

            /** Returns the variant {@code com.example.method.doObject#input}. */
            static Output of(DoObject.InputDef value) {
                return new InputDef(value);
            }

            /** The variant {@code com.example.method.doObject#input}. */
            record InputDef(DoObject.InputDef value) implements Output {}

            /**
             * A variant that is unknown to this version of the generated code.
             *
             * @param type its {@code $type}
             * @param value the whole object, including {@code $type}
             */
            record Unknown(String type, LexMap value) implements Output {}
        }
    }

    /** The output of {@code com.example.method.doObject}. */
    public static final class Output extends LexObject implements Buildable<Output, Output.Builder> {
        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Output, Builder> CODEC = new OutputCodec();

        private Output(LexMap extra) {
            super(extra);
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {};
        }

        /** Builds {@link Output}. */
        public static final class Builder extends ObjectBuilder<Output, Builder> {
            private Builder() {}

            private Builder(Output from) {
                super(from);
            }

            @Override
            public Output build() {
                return new Output(extra());
            }
        }

        private static final class OutputCodec extends ObjectCodec<Output, Builder> {
            OutputCodec() {
                super("com.example.method.doObject output", "", ObjectCodec.Typing.NONE);
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Output readFields(LexReader reader) {
                LexMap.Builder extra = null;
                while (reader.nextField(fields()) != LexReader.END) {
                    extra = keep(reader, extra);
                }
                return new Output(kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Output value) {}
        }
    }

    /** The object type {@code com.example.method.doObject#input}. */
    public static final class InputDef extends LexObject implements Buildable<InputDef, InputDef.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.method.doObject#input";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<InputDef, Builder> CODEC = new InputDefCodec();

        private InputDef(LexMap extra) {
            super(extra);
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {};
        }

        /** Builds {@link InputDef}. */
        public static final class Builder extends ObjectBuilder<InputDef, Builder> {
            private Builder() {}

            private Builder(InputDef from) {
                super(from);
            }

            @Override
            public InputDef build() {
                return new InputDef(extra());
            }
        }

        private static final class InputDefCodec extends ObjectCodec<InputDef, Builder> {
            InputDefCodec() {
                super("com.example.method.doObject#input", "", ObjectCodec.Typing.CHECKED);
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public InputDef readFields(LexReader reader) {
                LexMap.Builder extra = null;
                while (reader.nextField(fields()) != LexReader.END) {
                    extra = keep(reader, extra);
                }
                return new InputDef(kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, InputDef value) {}
        }
    }
}
