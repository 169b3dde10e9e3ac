package dev.atlex.codegen.internal;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** String constants of one class: tokens, known values, errors. Strings stay open, so they are never an enum. */
final class Constants {
    private final TypeSpec.Builder type;
    private final Set<String> taken =
            new HashSet<>(Set.of("TYPE", "CODEC", "RECORD", "NSID", "QUERY", "PROCEDURE", "SUBSCRIPTION"));

    Constants(TypeSpec.Builder type) {
        this.type = type;
    }

    void add(String name, String value, String what, @Nullable String description) {
        String free = taken.add(name) ? name : name + "_";
        taken.add(free);
        type.addField(FieldSpec.builder(String.class, free, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc(Docs.of(what, description))
                .initializer("$S", value)
                .build());
    }

    /** The known values of a string; of two whose last part is the same, the later gets its whole name. */
    void addKnownValues(String of, List<String> values) {
        String prefix = Names.constant(of) + "_";
        for (String value : values) {
            String name = prefix + Names.constant(value);
            if (taken.contains(name)) {
                name = prefix + Names.longConstant(value);
            }
            add(name, value, "A known value of " + Docs.code(of) + ".", null);
        }
    }
}
