package io.clearmarket.network.fabricca;

import io.clearmarket.wallet.ca.NodeOu;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Who is to be known to the CA.
 *
 * @param id the enrolment id; it becomes the certificate's common name, so never a person's
 * @param type the role, which becomes the certificate's one role unit
 * @param affiliation such as {@code org1.department1}; empty for the registrar's own
 * @param secret empty for one that the CA makes up
 * @param maxEnrollments how often the secret may be used; 0 for the CA's default
 * @param attributes put into the certificate, where chaincode reads them
 */
public record Registration(
        String id, NodeOu type, String affiliation, String secret, int maxEnrollments, Map<String, String> attributes) {

    public Registration {
        if (id.isBlank()) {
            throw new IllegalArgumentException("an enrolment id is not blank");
        }
        attributes = Map.copyOf(attributes);
    }

    /** A client whose secret the CA makes up, good for one enrolment. */
    public static Registration client(String id, Map<String, String> attributes) {
        return new Registration(id, NodeOu.CLIENT, "", "", 1, attributes);
    }

    /** As the API spells it, in its order. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("type", type.name().toLowerCase(Locale.ROOT));
        if (!secret.isEmpty()) {
            json.put("secret", secret);
        }
        if (maxEnrollments != 0) {
            json.put("max_enrollments", maxEnrollments);
        }
        json.put("affiliation", affiliation);
        if (!attributes.isEmpty()) {
            json.put(
                    "attrs",
                    attributes.entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(attribute -> attribute(attribute.getKey(), attribute.getValue()))
                            .toList());
        }
        return json;
    }

    private static Map<String, Object> attribute(String name, String value) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("value", value);
        json.put("ecert", true);
        return json;
    }

    /** Secrets stay out of logs. */
    @Override
    public String toString() {
        return "Registration[" + id + ", " + type + "]";
    }
}
