package dev.atlex.jackson2;

import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.Module;
import dev.atlex.data.ReadOptions;
import java.util.Objects;

/**
 * A Jackson 2 module that reads and writes Atlex's types as the protocol's JSON: generated objects and unions, untyped
 * values, blob references, and identifiers such as DIDs and datetimes.
 *
 * <pre>{@code
 * ObjectMapper mapper = JsonMapper.builder().addModule(new AtlexModule()).build();
 * String json = mapper.writeValueAsString(post); // the same as post.toJson()
 * }</pre>
 *
 * <p>Objects are written exactly as {@code toJson()} writes them, including unknown fields, {@code $type} and the
 * secrets that {@code toString()} redacts. Annotations and the mapper's settings don't apply to their fields. With
 * indentation or special escapes, and in formats other than JSON, Jackson writes the same values.
 *
 * <p>Input that violates its schema causes a {@link com.fasterxml.jackson.databind.exc.MismatchedInputException} with
 * the message and the path of Atlex's exception, which is the cause.
 *
 * <p>A {@link dev.atlex.data.Cid} outside of an object is a link, {@code {"$link": "…"}}, because it is a value of the
 * data model. When reading, a plain string is accepted too. Identifiers as map keys are plain strings.
 *
 * <p>Works with Jackson 2.19 and later. {@code ObjectMapper.findAndRegisterModules()} finds the module.
 */
public final class AtlexModule extends Module {
    private final ReadOptions options;

    /** Creates a module that reads like a client: data-model violations in optional fields are accepted and kept. */
    public AtlexModule() {
        this(ReadOptions.LENIENT);
    }

    /**
     * Creates a module with read options.
     *
     * @param options the options, for example {@link ReadOptions#STRICT} to reject data-model violations
     */
    public AtlexModule(ReadOptions options) {
        this.options = Objects.requireNonNull(options, "options");
    }

    @Override
    public String getModuleName() {
        return "Atlex";
    }

    /** Returns the same ID for all instances, so that a mapper registers only the first one. */
    @Override
    public Object getTypeId() {
        return AtlexModule.class.getName();
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public void setupModule(SetupContext context) {
        context.addSerializers(new AtlexSerializers());
        context.addDeserializers(new AtlexDeserializers(options));
        context.addKeyDeserializers(new AtlexKeyDeserializers(options));
    }
}
