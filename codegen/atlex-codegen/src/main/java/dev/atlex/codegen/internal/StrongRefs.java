package dev.atlex.codegen.internal;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.StringDef;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Generates {@code strongRef()} for objects that identify a record by URI and CID, such as views and the output of
 * writes. These records are often the subjects of other records, which take a {@code com.atproto.repo.strongRef}.
 */
final class StrongRefs {
    private static final String NSID = "com.atproto.repo.strongRef";
    private static final String METHOD = "strongRef";

    private final @Nullable ClassName target;

    StrongRefs(Schemas schemas) {
        Definition definition = schemas.hasJava(NSID) ? schemas.resolve(NSID) : null;
        target = definition instanceof ObjectDef object
                        && object.required().equals(Set.of("uri", "cid"))
                        && isOfFormat(object.properties().get("uri"), "at-uri")
                        && isOfFormat(object.properties().get("cid"), "cid")
                ? schemas.names().of(object)
                : null;
    }

    /** Returns the method for a class with these properties, or null if the class doesn't need one. */
    @Nullable
    MethodSpec method(ClassName owner, List<Property> properties) {
        Property uri = find(properties, "uri", "at-uri");
        Property cid = find(properties, "cid", "cid");
        boolean taken = properties.stream().anyMatch(property -> property.id().equals(METHOD));
        if (target == null || target.equals(owner) || uri == null || cid == null || taken) {
            return null;
        }
        boolean always = uri.always() && cid.always();
        MethodSpec.Builder method = MethodSpec.methodBuilder(METHOD)
                .addJavadoc(
                        "Returns a strong reference to the record: its URI and CID$L.\n",
                        always ? "" : "; null if either is absent")
                .addModifiers(Modifier.PUBLIC)
                .returns(always ? target : ((TypeName) target).annotated(Property.NULLABLE));
        CodeBlock value = CodeBlock.of("$T.builder().uri($N).cid($N).build()", target, uri.variable(), cid.variable());
        return (always
                        ? method.addStatement("return $L", value)
                        : method.addStatement(
                                "return $N == null || $N == null ? null : $L", uri.variable(), cid.variable(), value))
                .build();
    }

    private static @Nullable Property find(List<Property> properties, String name, String format) {
        for (Property property : properties) {
            if (property.name().equals(name) && isOfFormat(property.definition(), format)) {
                return property;
            }
        }
        return null;
    }

    private static boolean isOfFormat(@Nullable Definition definition, String format) {
        return definition instanceof StringDef string && format.equals(string.format());
    }
}
