package io.clearmarket.chaincode.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** 32 bytes, in JSON as 64 lower-case hexadecimal digits. */
public record Digest(@JsonValue String hex) {
    /** As JSON has it; a regular expression that ECMA-262 reads alike. */
    public static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public static final Digest ZERO = new Digest("0".repeat(64));

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Digest {
        if (!FORM.matcher(hex).matches()) {
            throw new InvalidValue("digest", hex, "64 lower-case hexadecimal digits");
        }
    }

    /** SHA-256 (FIPS 180-4) of the bytes. */
    public static Digest sha256(byte[] bytes) {
        try {
            return of(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** SHA-256 of a text's UTF-8 bytes. */
    public static Digest sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Digest of(byte[] thirtyTwo) {
        return new Digest(HexFormat.of().formatHex(thirtyTwo));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
