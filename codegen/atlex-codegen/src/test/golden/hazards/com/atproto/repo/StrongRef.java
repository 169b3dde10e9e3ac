// Generated from the lexicon com.atproto.repo.strongRef. Do not edit.
package com.atproto.repo;

import dev.atlex.data.Cid;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.generated.Codecs;
import dev.atlex.schema.generated.ObjectCodec;
import dev.atlex.syntax.AtUri;

/** The object type {@code com.atproto.repo.strongRef}. */
public final class StrongRef extends LexObject implements Buildable<StrongRef, StrongRef.Builder> {
    /** The definition's full name: the value of {@code $type}. */
    public static final String TYPE = "com.atproto.repo.strongRef";

    /** Reads and writes objects of this type. */
    public static final ObjectCodec<StrongRef, Builder> CODEC = new StrongRefCodec();

    private final AtUri uri;
    private final Cid cid;

    private StrongRef(AtUri uri, Cid cid, LexMap extra) {
        super(extra);
        this.uri = uri;
        this.cid = cid;
    }

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns {@code uri}: required, format {@code at-uri}. */
    public AtUri uri() {
        return uri;
    }

    /** Returns {@code cid}: required, format {@code cid}. */
    public Cid cid() {
        return cid;
    }

    @Override
    protected ObjectSchema<?, ?> codec() {
        return CODEC;
    }

    @Override
    protected Object[] fieldValues() {
        return new Object[] {uri, cid};
    }

    /** Builds {@link StrongRef}. */
    public static final class Builder extends ObjectBuilder<StrongRef, Builder> {
        private AtUri uri;
        private Cid cid;

        private Builder() {}

        private Builder(StrongRef from) {
            super(from);
            this.uri = from.uri;
            this.cid = from.cid;
        }

        /** Sets {@code uri}: required, format {@code at-uri}. */
        public Builder uri(AtUri uri) {
            this.uri = uri;
            return this;
        }

        /**
         * Sets {@code uri} by parsing a string.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder uri(String uri) {
            return uri(AtUri.of(uri));
        }

        /** Sets {@code cid}: required, format {@code cid}. */
        public Builder cid(Cid cid) {
            this.cid = cid;
            return this;
        }

        /**
         * Sets {@code cid} by parsing a string.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder cid(String cid) {
            return cid(Cid.of(cid));
        }

        @Override
        public StrongRef build() {
            return new StrongRef(required(uri, "uri", CODEC.type()),
                    required(cid, "cid", CODEC.type()), extra());
        }
    }

    private static final class StrongRefCodec extends ObjectCodec<StrongRef, Builder> {
        StrongRefCodec() {
            super("com.atproto.repo.strongRef", "ss", ObjectCodec.Typing.CHECKED, "uri", "cid");
        }

        @Override
        public Builder newBuilder() {
            return new Builder();
        }

        @Override
        public StrongRef readFields(LexReader reader) {
            AtUri uri = null;
            Cid cid = null;
            LexMap.Builder extra = null;
            int field;
            while ((field = reader.nextField(fields())) != LexReader.END) {
                switch (field) {
                    case 0 -> uri = Codecs.AT_URI.read(reader);
                    case 1 -> cid = Codecs.CID.read(reader);
                    default -> extra = keep(reader, extra);
                }
            }
            if (reader.validating()) {
                if (uri == null) {
                    throw reader.missing("uri");
                }
                if (cid == null) {
                    throw reader.missing("cid");
                }
            }
            return new StrongRef(uri, cid, kept(extra));
        }

        @Override
        protected void writeFields(LexWriter writer, StrongRef value) {
            if (value.uri != null) {
                writer.name(fields(), 0);
                Codecs.AT_URI.write(writer, value.uri);
            }
            if (value.cid != null) {
                writer.name(fields(), 1);
                Codecs.CID.write(writer, value.cid);
            }
        }
    }
}
