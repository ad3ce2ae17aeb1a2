package io.clearmarket.wallet.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.clearmarket.wallet.Digests;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Who somebody is to the market: their public key, whoever certified it.
 *
 * @param value SHA-256 of the key's SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7) in DER, 64 lower-case hex digits
 */
public record PartyId(@JsonValue String value) implements Comparable<PartyId> {
    /** As JSON has it; a regular expression that ECMA-262 reads alike. */
    public static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    /** @throws IllegalArgumentException if it is not 64 lower-case hex digits */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PartyId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a party id is 64 lower-case hex digits, not \"" + excerpt(value) + "\"");
        }
    }

    /** The party that holds this key. */
    public static PartyId of(PublicKey key) {
        return new PartyId(HexFormat.of().formatHex(Digests.sha256(Keys.subjectPublicKeyInfo(key))));
    }

    /** The party that the certificate is about. */
    public static PartyId of(X509Certificate certificate) {
        return of(certificate.getPublicKey());
    }

    /** @throws IllegalArgumentException if it is not 64 lower-case hex digits */
    public static PartyId parse(String value) {
        return new PartyId(value);
    }

    @Override
    public int compareTo(PartyId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static String excerpt(String value) {
        return value.length() <= 80 ? value : value.substring(0, 80) + "...";
    }
}
