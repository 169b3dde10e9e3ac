package dev.atlex.schema.document;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexBoolean;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.data.internal.MediaType;
import dev.atlex.schema.document.Definition.Body;
import dev.atlex.schema.document.Definition.MethodError;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.PermissionSetDef;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.Definition.SubscriptionDef;
import dev.atlex.schema.document.Definition.TokenDef;
import dev.atlex.syntax.LanguageTag;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parses a document and its named definitions. {@link FieldParser} parses the definitions nested in them.
 *
 * <p>Unknown keys are ignored, as they are upstream, because newer tools may have written them.
 */
final class DocumentParser {
    static final String MAIN = "main";

    /** An HTTP token, the syntax of the values in {@code Sec-WebSocket-Protocol}. */
    private static final String SUBPROTOCOL = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

    private static final Set<String> PRIMARY = Set.of("record", "query", "procedure", "subscription", "permission-set");
    private static final String SCHEMA_RECORD = "com.atproto.lexicon.schema";
    private static final String LITERAL_KEY = "literal:";

    private final Problems problems = new Problems();

    LexiconDocument parse(byte[] json) {
        return orThrow(attempt(json));
    }

    LexiconDocument parse(LexMap json) {
        return orThrow(parse(new Fields("$", json)));
    }

    /** Parses a document. Returns null if it is invalid; {@link #problems} then lists the reasons. */
    @Nullable
    LexiconDocument attempt(byte[] json) {
        Fields root = problems.attempt(() -> Fields.of("$", LexValue.parseJson(json, ReadOptions.STRICT)));
        return root == null ? null : parse(root);
    }

    List<LexDataException> problems() {
        return problems.found();
    }

    private LexiconDocument orThrow(@Nullable LexiconDocument document) {
        if (document == null) {
            throw problems.found().get(0);
        }
        return document;
    }

    /** Returns whether a name is valid for a definition: not empty, and usable after the {@code #} of a reference. */
    static boolean isDefinitionName(String name) {
        return !name.isEmpty() && name.chars().noneMatch(c -> c == '#' || c <= ' ' || c == 0x7f);
    }

    private @Nullable LexiconDocument parse(Fields json) {
        problems.attempt(() -> recordType(json));
        problems.attempt(() -> version(json));
        Nsid id = problems.attempt(() -> id(json));
        problems.attempt(() -> json.optionalInteger("revision"));
        String description = problems.attempt(json::description);
        Map<String, Definition> defs = new LinkedHashMap<>();
        Fields declared = problems.attempt(() -> json.object("defs"));
        if (declared != null) {
            // A document without a valid ID gets a placeholder, so that its local references are still checked.
            FieldParser fields = new FieldParser(id == null ? Nsid.unchecked(SCHEMA_RECORD) : id, problems);
            for (Map.Entry<String, LexValue> entry : declared.map().entrySet()) {
                String name = entry.getKey();
                Definition definition =
                        problems.attempt(() -> namedDefinition(declared, name, entry.getValue(), fields));
                if (definition != null) {
                    defs.put(name, definition);
                }
            }
        }
        return id == null || !problems.found().isEmpty() ? null : new LexiconDocument(id, description, defs);
    }

    private static @Nullable Void recordType(Fields json) {
        String type = json.optionalString("$type");
        if (type != null && !type.equals(SCHEMA_RECORD)) {
            throw Fields.wrong(json.at("$type"), '"' + SCHEMA_RECORD + '"', type);
        }
        return null;
    }

    private static @Nullable Void version(Fields json) {
        Long version = json.optionalInteger("lexicon");
        if (version == null) {
            throw Fields.unexpected(json.at("lexicon"), "the integer 1", null);
        }
        if (version != 1) {
            throw new LexDataException(json.at("lexicon"), "expected Lexicon version 1, got " + version);
        }
        return null;
    }

    private static Nsid id(Fields json) {
        String id = json.string("id");
        if (!Nsid.isValid(id)) {
            throw Fields.wrong(json.at("id"), "an NSID", id);
        }
        return Nsid.unchecked(id);
    }

    private Definition namedDefinition(Fields defs, String name, LexValue value, FieldParser fields) {
        if (!isDefinitionName(name)) {
            throw Fields.wrong(defs.path(), "a definition name without \"#\" or whitespace", name);
        }
        return definition(Fields.of(defs.at(name), value), name, fields);
    }

    private Definition definition(Fields json, String name, FieldParser fields) {
        String type = json.type();
        if (PRIMARY.contains(type)) {
            if (!name.equals(MAIN)) {
                throw new LexDataException(
                        json.at("type"), "a " + type + " must be named main; move it to its own document");
            }
            return primary(json, type, fields);
        }
        return switch (type) {
            case "array" -> fields.array(json);
            case "object" -> fields.object(json);
            case "token" -> new TokenDef(json.description());
            default -> {
                Definition concrete = fields.concrete(json, type);
                if (concrete == null) {
                    throw Fields.wrong(json.at("type"), "a type that a definition can have", type);
                }
                yield concrete;
            }
        };
    }

    private Definition primary(Fields json, String type, FieldParser fields) {
        return switch (type) {
            case "record" -> record(json, fields);
            case "query" ->
                new QueryDef(json.description(), parameters(json, fields), body(json, "output", fields), errors(json));
            case "procedure" ->
                new ProcedureDef(
                        json.description(),
                        parameters(json, fields),
                        body(json, "input", fields),
                        body(json, "output", fields),
                        errors(json));
            case "subscription" ->
                new SubscriptionDef(
                        json.description(),
                        parameters(json, fields),
                        message(json, fields),
                        errors(json),
                        subprotocol(json));
            default -> permissionSet(json);
        };
    }

    private RecordDef record(Fields json, FieldParser fields) {
        String key = problems.attempt(() -> recordKey(json));
        Fields record = json.object("record");
        FieldParser.requireType(record, "object");
        return new RecordDef(json.description(), key == null ? "any" : key, fields.object(record));
    }

    private static String recordKey(Fields json) {
        String key = json.string("key");
        boolean known = switch (key) {
            case "any", "nsid", "tid" -> true;
            default -> key.startsWith(LITERAL_KEY) && RecordKey.isValid(key.substring(LITERAL_KEY.length()));
        };
        if (!known) {
            throw Fields.wrong(json.at("key"), "\"any\", \"nsid\", \"tid\" or \"literal:\" and a record key", key);
        }
        return key;
    }

    private @Nullable ObjectDef parameters(Fields json, FieldParser fields) {
        return problems.attempt(() -> {
            Fields parameters = json.optionalObject("parameters");
            return parameters == null ? null : fields.params(parameters);
        });
    }

    private @Nullable Body body(Fields method, String name, FieldParser fields) {
        return problems.attempt(() -> parseBody(method, name, fields));
    }

    private static @Nullable Body parseBody(Fields method, String name, FieldParser fields) {
        Fields json = method.optionalObject(name);
        if (json == null) {
            return null;
        }
        String encoding = json.string("encoding");
        if (!MediaType.isPattern(encoding)) {
            throw Fields.wrong(json.at("encoding"), "one media type without parameters", encoding);
        }
        Fields schema = json.optionalObject("schema");
        return new Body(json.description(), encoding, schema == null ? null : bodySchema(schema, fields));
    }

    private static Definition bodySchema(Fields json, FieldParser fields) {
        String type = json.type();
        return switch (type) {
            case "object" -> fields.object(json);
            case "ref" -> fields.ref(json);
            case "union" -> fields.union(json);
            default -> throw Fields.wrong(json.at("type"), "object, ref or union", type);
        };
    }

    private @Nullable Definition message(Fields json, FieldParser fields) {
        return problems.attempt(() -> parseMessage(json, fields));
    }

    private String subprotocol(Fields json) {
        String token = problems.attempt(() -> parseSubprotocol(json));
        return token == null ? SubscriptionDef.DEFAULT_SUBPROTOCOL : token;
    }

    private static @Nullable String parseSubprotocol(Fields json) {
        String token = json.optionalString("subprotocol");
        if (token != null && !token.matches(SUBPROTOCOL)) {
            throw Fields.wrong(json.at("subprotocol"), "one token without whitespace, such as xrpc.v1.json", token);
        }
        return token;
    }

    private static Definition parseMessage(Fields json, FieldParser fields) {
        Fields message = json.object("message");
        message.description();
        Fields schema = message.object("schema");
        FieldParser.requireType(schema, "union");
        return fields.union(schema);
    }

    private List<MethodError> errors(Fields json) {
        List<MethodError> errors = problems.attempt(() -> parseErrors(json));
        return errors == null ? List.of() : errors;
    }

    private static List<MethodError> parseErrors(Fields json) {
        Map<String, MethodError> errors = new LinkedHashMap<>();
        for (Fields error : json.objects("errors")) {
            String name = error.string("name");
            if (name.isEmpty() || name.chars().anyMatch(Character::isWhitespace)) {
                throw Fields.wrong(error.at("name"), "a name without whitespace", name);
            }
            errors.putIfAbsent(name, new MethodError(name, error.description()));
        }
        return List.copyOf(errors.values());
    }

    private static PermissionSetDef permissionSet(Fields json) {
        json.array("permissions");
        for (Fields permission : json.objects("permissions")) {
            FieldParser.requireType(permission, "permission");
            if (permission.string("resource").isEmpty()) {
                throw Fields.wrong(permission.at("resource"), "the name of a resource", "");
            }
            permission.map().forEach((name, value) -> checkPermissionField(permission.at(name), value));
        }
        json.optionalString("title");
        json.optionalString("detail");
        checkTranslations(json, "title:lang");
        checkTranslations(json, "detail:lang");
        return new PermissionSetDef(json.description(), json.map());
    }

    /**
     * Checks only that the value is a valid parameter, because the server that grants a permission interprets its
     * fields.
     */
    private static void checkPermissionField(String path, LexValue value) {
        if (value instanceof LexArray array) {
            for (int i = 0; i < array.size(); i++) {
                if (!isScalar(array.get(i))) {
                    throw Fields.unexpected(path + '[' + i + ']', "a boolean, integer or string", array.get(i));
                }
            }
        } else if (!isScalar(value)) {
            throw Fields.unexpected(path, "a boolean, integer, string or array of these", value);
        }
    }

    private static boolean isScalar(LexValue value) {
        return value instanceof LexBoolean || value instanceof LexInteger || value instanceof LexString;
    }

    private static void checkTranslations(Fields json, String name) {
        Fields translations = json.optionalObject(name);
        if (translations == null) {
            return;
        }
        for (String language : translations.map().keySet()) {
            if (!LanguageTag.isValid(language)) {
                throw Fields.wrong(translations.path(), "language tags as keys", language);
            }
            translations.string(language);
        }
    }
}
