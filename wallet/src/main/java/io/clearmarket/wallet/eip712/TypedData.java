package io.clearmarket.wallet.eip712;

import io.clearmarket.wallet.ShownText;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.web3j.crypto.StructuredDataEncoder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Typed data as wallets receive it ({@code eth_signTypedData_v4}): JSON with types, domain, primary type and message.
 * What is shown is what is signed: a member that the types do not declare would be shown and not signed, so it is refused.
 */
public final class TypedData {
    private static final Pattern ARRAY = Pattern.compile("(.+)\\[[0-9]*]");

    private final JsonNode document;
    private final byte[] digest;

    private TypedData(JsonNode document, byte[] digest) {
        this.document = document;
        this.digest = digest;
    }

    /** @throws IllegalArgumentException naming what is wrong with the document */
    public static TypedData parse(String json) {
        JsonNode document;
        try {
            document = Json.MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("typed data is not JSON: " + e.getOriginalMessage(), e);
        }
        requireMembers(document, Map.of("types", "", "primaryType", "", "domain", "", "message", ""), "typed data");
        requireDeclared(document, document.path("domain"), "EIP712Domain", "domain");
        requireDeclared(
                document, document.path("message"), document.path("primaryType").asString(""), "message");
        try {
            return new TypedData(document, new StructuredDataEncoder(json).hashStructuredData());
        } catch (IOException | RuntimeException e) {
            // the encoder trips over some misfits without a word of its own
            String reason = e.getMessage() == null ? "a value does not fit its type" : e.getMessage();
            throw new IllegalArgumentException("typed data cannot be encoded: " + reason, e);
        }
    }

    /** The 32 bytes that are signed. */
    public byte[] digest() {
        return digest.clone();
    }

    /** The name of the struct that is signed. */
    public String primaryType() {
        return document.path("primaryType").asString("");
    }

    /** Domain, type and message as indented JSON, for a person to read before signing. */
    public String shown() {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("domain", document.path("domain"));
        shown.put("primaryType", document.path("primaryType"));
        shown.put("message", document.path("message"));
        String json = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(shown);
        return json.lines().map(ShownText::of).collect(Collectors.joining("\n"));
    }

    private static void requireDeclared(JsonNode document, JsonNode value, String type, String where) {
        var array = ARRAY.matcher(type);
        if (array.matches()) {
            for (JsonNode item : value) {
                requireDeclared(document, item, array.group(1), where + "[]");
            }
            return;
        }
        JsonNode declared = document.path("types").path(type);
        if (declared.isArray()) {
            Map<String, String> members = new LinkedHashMap<>();
            declared.forEach(member -> members.put(
                    member.path("name").asString(""), member.path("type").asString("")));
            requireMembers(value, members, where);
            members.forEach(
                    (name, memberType) -> requireDeclared(document, value.path(name), memberType, where + "." + name));
        } else if (value.isContainer()) {
            throw new IllegalArgumentException(where + " has the undeclared type " + type);
        }
    }

    private static void requireMembers(JsonNode value, Map<String, String> members, String where) {
        if (!value.isObject()) {
            throw new IllegalArgumentException(where + " is not an object");
        }
        for (String name : value.propertyNames()) {
            if (!members.containsKey(name)) {
                throw new IllegalArgumentException(where + " holds \"" + name + "\", which is not declared");
            }
        }
        for (String name : members.keySet()) {
            if (!value.has(name)) {
                throw new IllegalArgumentException(where + " lacks \"" + name + "\"");
            }
        }
    }
}
