package dev.atlex.architecture;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** A POM in the checkout, as written: without values inherited from its parent, and with unresolved placeholders. */
record Pom(Path folder, Element project) {
    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    static Pom of(Path folder) {
        try {
            File file = folder.resolve("pom.xml").toFile();
            return new Pom(
                    folder,
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(file)
                            .getDocumentElement());
        } catch (Exception e) {
            throw new IllegalStateException(folder + ": can't read pom.xml", e);
        }
    }

    /** Returns the modules that the root POM lists. */
    static List<Pom> modules() {
        return of(ROOT).all("modules/module").stream()
                .map(module -> of(ROOT.resolve(module)))
                .toList();
    }

    boolean isPublished() {
        return all("properties/maven.deploy.skip").isEmpty();
    }

    /** Returns the text of the first element at this path below the project element, or "" if there is none. */
    String first(String path) {
        return all(path).stream().findFirst().orElse("");
    }

    /** Returns the text of each element at this path below the project element. */
    List<String> all(String path) {
        List<Element> found = List.of(project);
        for (String name : path.split("/")) {
            List<Element> next = new ArrayList<>();
            for (Element parent : found) {
                NodeList children = parent.getChildNodes();
                for (int i = 0; i < children.getLength(); i++) {
                    Node child = children.item(i);
                    if (child instanceof Element element && element.getTagName().equals(name)) {
                        next.add(element);
                    }
                }
            }
            found = next;
        }
        return found.stream().map(element -> element.getTextContent().strip()).toList();
    }

    String text() {
        try {
            return Files.readString(folder.resolve("pom.xml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return ROOT.relativize(folder).toString();
    }
}
