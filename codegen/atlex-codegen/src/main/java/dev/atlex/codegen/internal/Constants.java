package dev.atlex.codegen.internal;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** String constants of one class: tokens, known values, errors. Strings stay open, so they are never an enum. */
final class Constants {
    /** The constants that generated classes have of themselves. */
    static final Set<String> FIXED = Set.of("TYPE", "CODEC", "RECORD", "NSID", "QUERY", "PROCEDURE", "SUBSCRIPTION");

    private final TypeSpec.Builder type;
    private final Predicate<String> isClass;
    private final Set<String> taken = new HashSet<>(FIXED);

    /** @param isClass whether a constant of that name would hide a class */
    Constants(TypeSpec.Builder type, Predicate<String> isClass) {
        this.type = type;
        this.isClass = isClass;
        type.build().fieldSpecs().forEach(field -> taken.add(field.name()));
    }

    /** @return the constant's name: the one that is asked for, if it is free */
    String add(String name, String value, String what, @Nullable String description) {
        String free = name;
        while (isClass.test(free) || !taken.add(free)) {
            free += "_";
        }
        type.addField(FieldSpec.builder(String.class, free, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc(Javadocs.of(what, description))
                .initializer(Literals.of(value))
                .build());
        return free;
    }

    /** The known values of a string; of two whose last part is the same, the later gets its whole name. */
    void addKnownValues(String of, List<String> values) {
        String prefix = Names.constant(of) + "_";
        for (String value : values) {
            String name = prefix + Names.constant(value);
            if (taken.contains(name)) {
                name = prefix + Names.longConstant(value);
            }
            add(name, value, "A known value of " + Javadocs.code(of) + ".", null);
        }
    }
}
