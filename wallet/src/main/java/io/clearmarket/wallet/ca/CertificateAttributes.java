package io.clearmarket.wallet.ca;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The attributes that Fabric's CA puts into a certificate and chaincode reads: an extension that holds the UTF-8 JSON
 * {@code {"attrs":{"name":"value"}}} without any further ASN.1 type.
 */
public final class CertificateAttributes {
    /** The extension's object identifier, Fabric CA's choice. */
    public static final ASN1ObjectIdentifier OID = new ASN1ObjectIdentifier("1.2.3.4.5.6.7.8.1");

    private CertificateAttributes() {}

    /** The extension's value. */
    static byte[] encode(Map<String, String> attributes) {
        return CanonicalJson.bytes((Object) Map.of("attrs", attributes));
    }

    /** The certificate's attributes by name; empty where there are none or the extension is not readable, as in Fabric. */
    public static SortedMap<String, String> of(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(OID.getId());
        return extension == null ? Collections.emptySortedMap() : parse(ASN1OctetString.getInstance(extension));
    }

    private static SortedMap<String, String> parse(ASN1OctetString value) {
        try {
            SortedMap<String, String> attributes = new TreeMap<>();
            JsonNode attrs =
                    Json.MAPPER.readTree(new String(value.getOctets(), UTF_8)).path("attrs");
            for (Map.Entry<String, JsonNode> attribute : attrs.properties()) {
                attributes.put(attribute.getKey(), attribute.getValue().stringValue());
            }
            return Collections.unmodifiableSortedMap(attributes);
        } catch (JacksonException notTheJsonThatFabricWrites) {
            return Collections.emptySortedMap();
        }
    }
}
