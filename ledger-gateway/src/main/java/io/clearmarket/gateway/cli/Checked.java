package io.clearmarket.gateway.cli;

import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.InvalidValue;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Values of options that are not any text or number: what is none is refused in words, before anything is begun. */
final class Checked {
    private Checked() {}

    private static TypeConversionException refused(String value, String expected) {
        return new TypeConversionException("\"" + value + "\" is not " + expected);
    }

    private static long whole(String value, long least, long most, String expected) {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // refused below
        }
        throw refused(value, expected);
    }

    /** How many: one or more. */
    static final class Count implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return (int) whole(value, 1, Integer.MAX_VALUE, "a whole number from 1 on");
        }
    }

    /** The same, of more. */
    static final class LongCount implements ITypeConverter<Long> {
        @Override
        public Long convert(String value) {
            return whole(value, 1, Long.MAX_VALUE, "a whole number from 1 on");
        }
    }

    /** How many, and none is all right. */
    static final class CountOrNone implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return (int) whole(value, 0, Integer.MAX_VALUE, "a whole number from 0 on");
        }
    }

    /** So many a second. */
    static final class Rate implements ITypeConverter<Double> {
        @Override
        public Double convert(String value) {
            try {
                double rate = new BigDecimal(value).doubleValue();
                if (rate > 0 && Double.isFinite(rate)) {
                    return rate;
                }
            } catch (NumberFormatException notANumber) {
                // refused below
            }
            throw refused(value, "a number above 0");
        }
    }

    /** An address that can be asked by HTTP. */
    static final class Web implements ITypeConverter<URI> {
        @Override
        public URI convert(String value) {
            URI address = parsed(value);
            if (address == null) {
                throw refused(value, "an address such as http://127.0.0.1:8080");
            }
            return address;
        }

        private static @Nullable URI parsed(String value) {
            try {
                URI address = new URI(value);
                boolean web =
                        "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
                return web && address.getHost() != null ? address : null;
            } catch (URISyntaxException notAnAddress) {
                return null;
            }
        }
    }

    /** A calendar day. */
    static final class Day implements ITypeConverter<LocalDate> {
        @Override
        public LocalDate convert(String value) {
            try {
                return LocalDate.parse(value);
            } catch (DateTimeException notADay) {
                throw refused(value, "a day such as 2026-11-01");
            }
        }
    }

    /** An id as the gateway gives them out (RFC 9562). */
    static final class Id implements ITypeConverter<UUID> {
        private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

        @Override
        public UUID convert(String value) {
            if (!FORM.matcher(value).matches()) {
                throw refused(value, "an id such as 01983c5e-0b7a-7cc1-8d4f-3a1c5f0e9b27");
            }
            return UUID.fromString(value);
        }
    }

    /** An asset's CAIP-19 name. */
    static final class AssetName implements ITypeConverter<Asset> {
        @Override
        public Asset convert(String value) {
            try {
                return new Asset(value);
            } catch (InvalidValue notAnAsset) {
                throw refused(value, notAnAsset.expected());
            }
        }
    }

    /** The type of a domain event. */
    static final class EventType implements ITypeConverter<String> {
        private static final Pattern FORM = Pattern.compile("[a-z_]{1,40}\\.[a-z_]{1,40}");

        @Override
        public String convert(String value) {
            if (!FORM.matcher(value).matches()) {
                throw refused(value, "a type of event such as consignment.funded");
            }
            return value;
        }
    }

    /** A webhook's secret (Standard Webhooks, "Signature scheme"); the message does not repeat it. */
    static final class Secret implements ITypeConverter<String> {
        private static final String PREFIX = "whsec_";
        private static final int LEAST = 24;
        private static final int MOST = 64;

        @Override
        public String convert(String value) {
            if (!value.startsWith(PREFIX) || !isKey(value.substring(PREFIX.length()))) {
                throw new TypeConversionException("a secret is " + PREFIX + " and base64 of " + LEAST + " to " + MOST
                        + " bytes, which this is not");
            }
            return value;
        }

        private static boolean isKey(String base64) {
            try {
                int length = Base64.getDecoder().decode(base64).length;
                return length >= LEAST && length <= MOST;
            } catch (IllegalArgumentException notBase64) {
                return false;
            }
        }
    }
}
