package io.clearmarket.gateway.epcis.xml;

import io.clearmarket.gateway.epcis.EpcisProblem;
import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An element of a document, with all that is in it. */
final class XmlElement {
    private final @Nullable XmlElement parent;
    private final Name name;
    private final int line;
    private final List<Attribute> attributes;
    private final List<XmlElement> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    /**
     * A qualified name.
     *
     * @param namespace "" for none
     * @param prefix as the document has it; "" for none
     */
    record Name(String namespace, String prefix, String local) {
        boolean is(String otherNamespace, String otherLocal) {
            return namespace.equals(otherNamespace) && local.equals(otherLocal);
        }

        @Override
        public String toString() {
            return prefix.isEmpty() ? local : prefix + ":" + local;
        }
    }

    /** An attribute that is no declaration of a namespace. */
    record Attribute(Name name, String value) {}

    XmlElement(@Nullable XmlElement parent, Name name, int line, List<Attribute> attributes) {
        this.parent = parent;
        this.name = name;
        this.line = line;
        this.attributes = List.copyOf(attributes);
        if (parent != null) {
            parent.children.add(this);
        }
    }

    void add(String characters) {
        text.append(characters);
    }

    Name name() {
        return name;
    }

    List<Attribute> attributes() {
        return attributes;
    }

    List<XmlElement> children() {
        return children;
    }

    @Nullable
    XmlElement parent() {
        return parent;
    }

    /** The characters right inside it. */
    String text() {
        return text.toString();
    }

    /** The value of a standard field, which has no element inside. */
    String value() {
        if (!children.isEmpty()) {
            throw children.getFirst().problem("is not expected: " + name + " is a text");
        }
        return text().strip();
    }

    /** The value of an attribute. */
    Optional<String> attribute(String namespace, String local) {
        return attributes.stream()
                .filter(attribute -> attribute.name().is(namespace, local))
                .map(Attribute::value)
                .findFirst();
    }

    /** The first child of this name, which has no namespace. */
    Optional<XmlElement> child(String local) {
        return children.stream().filter(child -> child.name.is("", local)).findFirst();
    }

    /** Where it is, as an XPath with the prefixes of the document. */
    String path() {
        if (parent == null) {
            return "/" + name;
        }
        List<XmlElement> alike = parent.children.stream()
                .filter(child -> child.name.equals(name))
                .toList();
        return parent.path() + "/" + name + (alike.size() > 1 ? "[" + (alike.indexOf(this) + 1) + "]" : "");
    }

    /** What is wrong here, and what would be right. */
    EpcisProblem problem(String reason) {
        return new EpcisProblem(Kind.VALIDATION, path() + " (line " + line + "): " + reason);
    }
}
