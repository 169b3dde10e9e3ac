package dev.atlex.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.LexObject;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests generated setters with a program that uses them and is compiled with all warnings as errors. */
class SettersTest {
    private static final String PROGRAM = """
            package use;

            import com.atproto.repo.StrongRef;
            import com.example.hazard.Setters;
            import com.example.hazard.Setters.ChoicesItem;
            import com.example.hazard.Setters.OwnName;
            import com.example.hazard.Setters.Ref;
            import com.example.hazard.Setters.View;
            import dev.atlex.syntax.AtIdentifier;
            import dev.atlex.syntax.Datetime;
            import dev.atlex.syntax.Did;
            import dev.atlex.syntax.Handle;
            import dev.atlex.syntax.LanguageTag;
            import java.time.Instant;
            import java.util.ArrayList;
            import java.util.Collection;
            import java.util.List;
            import java.util.Set;
            import java.util.function.Consumer;

            public class Program {
                static final Did DID = Did.of("did:web:example.com");

                static Setters.Builder required() {
                    return Setters.builder().createdAt(Instant.EPOCH).actors(DID).count(7).tags("a");
                }

                public static Setters integers() {
                    return required().limit(50).sizes(1, 2).build();
                }

                public static Setters longsAndNull() {
                    return required().limit(50L).limit(null).sizes(List.of(3L)).build();
                }

                public static Setters instants() {
                    return required().indexedAt(Instant.ofEpochMilli(1)).instant("2026-01-01T00:00:00Z").build();
                }

                public static Setters strings() {
                    return required().langs("en", "pt-BR").times("2026-01-01T00:00:00Z").list("alice.test")
                            .actors("did:web:a.test", "alice.test").uris("https://a.test").collection("com.example.a")
                            .build();
                }

                public static Setters values() {
                    return required().langs(LanguageTag.of("en")).times(Datetime.of(Instant.EPOCH))
                            .actors(DID, Handle.of("alice.test")).flags(true, false).tags().build();
                }

                public static Setters collections() {
                    List<Did> dids = List.of(DID);
                    Set<Handle> handles = Set.of(Handle.of("alice.test"));
                    Collection<? extends AtIdentifier> any = handles;
                    List<ChoicesItem.Ref> choices = List.of(new ChoicesItem.Ref(ref()));
                    return required().actors(dids).actors(any).actors(handles).choices(choices).refs(ref()).build();
                }

                public static Setters copies() {
                    List<String> tags = new ArrayList<>(List.of("a"));
                    Setters.Builder builder = required().tags(tags);
                    tags.add("b");
                    Setters built = builder.build();
                    builder.tags("c");
                    return built;
                }

                public static Setters helpersOfTheSuperclass() {
                    return required().copy("a").required("b", "c").extra("d").unknownField("e").build();
                }

                public static Setters lambda() {
                    Consumer<Setters.Builder> change = b -> b.limit(5).langs("en");
                    Setters.Builder builder = required();
                    change.accept(builder);
                    return builder.build();
                }

                public static Setters nullUnsetsAList() {
                    List<LanguageTag> none = null;
                    List<String> noStrings = null;
                    return required().langs("en").langs(none).copy("a").copy(noStrings).build();
                }

                public static Setters nullElement() {
                    return required().tags("a", null).build();
                }

                public static Setters nullOfARequiredList() {
                    List<String> none = null;
                    return required().tags(none).build();
                }

                public static Setters invalid() {
                    return required().langs("en", "not a tag").build();
                }

                public static Ref ref() {
                    return Ref.builder().uri("at://did:web:a.test/com.example.a/b")
                            .cid("bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a").build();
                }

                public static StrongRef always() {
                    return ref().strongRef();
                }

                public static StrongRef perhaps() {
                    return View.builder().uri(ref().uri()).cid(ref().cid()).build().strongRef();
                }

                public static StrongRef absent() {
                    return View.builder().uri(ref().uri()).build().strongRef();
                }

                public static String ownName() {
                    return OwnName.builder().uri(ref().uri()).cid(ref().cid()).strongRef("own").build().strongRef();
                }
            }
            """;

    private static final String REQUIRED = """
            "createdAt":"1970-01-01T00:00:00.000Z","actors":["did:web:example.com"],"count":7,"tags":["a"]\
            """;
    private static final String REF = """
            "uri":"at://did:web:a.test/com.example.a/b",\
            "cid":"bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a"\
            """;

    @TempDir
    static Path folder;

    private static Hazards hazards;

    @BeforeAll
    static void compile() throws IOException {
        Path sources = folder.resolve("sources");
        new CodeGenerator(CodegenOptions.of(o -> o.lexicons(Hazards.FOLDER)
                        .include(List.of("com.example.hazard.setters", "com.atproto.repo.strongRef"))
                        .output(sources)))
                .generate();
        Files.createDirectories(sources.resolve("use"));
        Files.writeString(sources.resolve("use/Program.java"), PROGRAM, StandardCharsets.US_ASCII);
        Hazards.compile(sources, folder.resolve("classes"));
        hazards = Hazards.of(folder.resolve("classes"));
    }

    @AfterAll
    static void close() {
        hazards.close();
    }

    @Test
    void integersTakeInts() {
        assertThat(run("integers")).isEqualTo(map("{" + REQUIRED + ",\"limit\":50,\"sizes\":[1,2]}"));
    }

    @Test
    void integersTakeLongsAndNull() {
        assertThat(run("longsAndNull")).isEqualTo(map("{" + REQUIRED + ",\"sizes\":[3],\"limit\":null}"));
    }

    @Test
    void datetimesTakeInstants() {
        assertThat(run("instants"))
                .isEqualTo(map("{" + REQUIRED
                        + ",\"indexedAt\":\"1970-01-01T00:00:00.001Z\",\"instant\":\"2026-01-01T00:00:00Z\"}"));
    }

    @Test
    void listsOfFormatsTakeStrings() {
        LexMap map = run("strings");

        assertThat(map.get("langs")).isEqualTo(value("[\"en\",\"pt-BR\"]"));
        assertThat(map.get("times")).isEqualTo(value("[\"2026-01-01T00:00:00Z\"]"));
        assertThat(map.get("list")).isEqualTo(value("[\"alice.test\"]"));
        assertThat(map.get("actors")).isEqualTo(value("[\"did:web:a.test\",\"alice.test\"]"));
        assertThat(map.get("uris")).isEqualTo(value("[\"https://a.test\"]"));
        assertThat(map.get("collection")).isEqualTo(value("[\"com.example.a\"]"));
    }

    @Test
    void listsTakeAnyNumberOfValues() {
        LexMap map = run("values");

        assertThat(map.get("actors")).isEqualTo(value("[\"did:web:example.com\",\"alice.test\"]"));
        assertThat(map.get("flags")).isEqualTo(value("[true,false]"));
        assertThat(map.get("tags")).isEqualTo(value("[]"));
    }

    @Test
    void listsTakeCollectionsOfSubtypes() {
        LexMap map = run("collections");

        assertThat(map.get("actors")).isEqualTo(value("[\"alice.test\"]"));
        assertThat(map.get("choices")).isEqualTo(value("[{\"$type\":\"com.example.hazard.setters#ref\"," + REF + "}]"));
        assertThat(map.get("refs")).isEqualTo(value("[{" + REF + "}]"));
    }

    @Test
    void listsAreImmutableCopies() throws ReflectiveOperationException {
        LexObject object = (LexObject) call("copies");

        assertThat(object.toLexMap().get("tags")).isEqualTo(value("[\"a\"]"));
        List<?> tags = (List<?>) object.field("tags");
        assertThat(tags).isUnmodifiable();
    }

    @Test
    void propertiesMayBeNamedLikeSuperclassMethods() {
        LexMap map = run("helpersOfTheSuperclass");

        assertThat(map.get("copy")).isEqualTo(value("[\"a\"]"));
        assertThat(map.get("required")).isEqualTo(value("[\"b\",\"c\"]"));
        assertThat(map.get("extra")).isEqualTo(value("[\"d\"]"));
        assertThat(map.get("unknownField")).isEqualTo(value("[\"e\"]"));
    }

    @Test
    void settersWorkInLambdas() {
        assertThat(run("lambda")).isEqualTo(map("{" + REQUIRED + ",\"limit\":5,\"langs\":[\"en\"]}"));
    }

    @Test
    void nullUnsetsAList() {
        assertThat(run("nullUnsetsAList")).isEqualTo(map("{" + REQUIRED + ",\"langs\":null}"));
    }

    @Test
    void nullElementIsRejected() {
        assertThatThrownBy(() -> call("nullElement")).hasCauseInstanceOf(NullPointerException.class);
    }

    @Test
    void nullForRequiredListFailsInBuild() {
        assertThatThrownBy(() -> call("nullOfARequiredList"))
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"tags\"");
    }

    @Test
    void invalidStringIsRejected() {
        assertThatThrownBy(() -> call("invalid"))
                .cause()
                .isInstanceOf(InvalidSyntaxException.class)
                .hasMessageContaining("not a tag");
    }

    @Test
    void objectsWithUriAndCidHaveStrongRef() throws ReflectiveOperationException {
        assertThat(run("always")).isEqualTo(map("{" + REF + "}"));
        assertThat(run("perhaps")).isEqualTo(map("{" + REF + "}"));
        assertThat(call("absent")).isNull();
    }

    @Test
    void strongRefIsNotGeneratedIfAPropertyHasItsName() throws ReflectiveOperationException {
        assertThat(call("ownName")).isEqualTo("own");
    }

    @Test
    void strongRefIsNotGeneratedForOtherFormatsNorForStrongRefItself() {
        assertThat(hazards.type("com.example.hazard.Setters$NoRecord").getMethods())
                .noneMatch(method -> method.getName().equals("strongRef"));
        assertThat(hazards.type("com.atproto.repo.StrongRef").getMethods())
                .noneMatch(method -> method.getName().equals("strongRef"));
    }

    @Test
    void strongRefIsNotGeneratedWithoutItsClass(@TempDir Path out) throws IOException {
        new CodeGenerator(CodegenOptions.of(o -> o.lexicons(Hazards.FOLDER)
                        .include(List.of("com.example.hazard.setters"))
                        .output(out)))
                .generate();

        assertThat(Files.readString(out.resolve("com/example/hazard/Setters.java")))
                .doesNotContain("StrongRef strongRef()");
    }

    private static Object call(String method) throws ReflectiveOperationException {
        return hazards.type("use.Program").getMethod(method).invoke(null);
    }

    private static LexMap run(String method) {
        try {
            return ((LexObject) call(method)).toLexMap();
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static LexMap map(String json) {
        return (LexMap) value(json);
    }

    private static LexValue value(String json) {
        return LexValue.parseJson(json.getBytes(StandardCharsets.UTF_8), ReadOptions.STRICT);
    }
}
