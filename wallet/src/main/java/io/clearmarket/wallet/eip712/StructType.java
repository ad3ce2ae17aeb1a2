package io.clearmarket.wallet.eip712;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.eth.Keccak;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A struct's type; parse it once where it is used often. */
public final class StructType {
    private static final Pattern MEMBER =
            Pattern.compile("([A-Za-z][A-Za-z0-9_]*(?:\\[[0-9]*])*) ([A-Za-z_][A-Za-z0-9_]*)");
    private static final Pattern STRUCT = Pattern.compile("([A-Za-z][A-Za-z0-9_]*)\\(([^()]*)\\)(.*)", Pattern.DOTALL);

    private record Member(String type, String name) {}

    private final String encodeType;
    private final byte[] typeHash;
    private final List<Member> members;

    private StructType(String encodeType, List<Member> members) {
        this.encodeType = encodeType;
        this.typeHash = Keccak.hash256(encodeType.getBytes(UTF_8));
        this.members = List.copyOf(members);
    }

    /**
     * From EIP-712's encodeType: the struct, then the structs that it refers to, sorted by name.
     *
     * @throws IllegalArgumentException if it is not in that form
     */
    public static StructType parse(String encodeType) {
        Matcher struct = STRUCT.matcher(encodeType);
        if (!struct.matches()) {
            throw new IllegalArgumentException("not a struct type: " + encodeType);
        }
        List<Member> members = new ArrayList<>();
        if (!struct.group(2).isEmpty()) {
            for (String declared : struct.group(2).split(",", -1)) {
                Matcher member = MEMBER.matcher(declared);
                if (!member.matches()) {
                    throw new IllegalArgumentException("not a member: \"" + declared + "\" in " + encodeType);
                }
                members.add(new Member(member.group(1), member.group(2)));
            }
        }
        return new StructType(encodeType, members);
    }

    /** keccak256 of encodeType, the constant that Solidity calls a TYPEHASH. */
    public byte[] typeHash() {
        return typeHash.clone();
    }

    /**
     * hashStruct of the values, one for each member, in order.
     *
     * @throws IllegalArgumentException naming the member that its value does not fit
     */
    public byte[] hash(Value... values) {
        if (values.length != members.size()) {
            throw new IllegalArgumentException(
                    values.length + " values for the " + members.size() + " members of " + encodeType);
        }
        byte[][] parts = new byte[1 + values.length][];
        parts[0] = typeHash;
        for (int i = 0; i < values.length; i++) {
            Member member = members.get(i);
            if (!values[i].fits(member.type())) {
                throw new IllegalArgumentException(
                        member.name() + " is declared " + member.type() + "; " + values[i] + " does not fit");
            }
            parts[i + 1] = values[i].encoded();
        }
        return Keccak.hash256(parts);
    }

    /** encodeType. */
    @Override
    public String toString() {
        return encodeType;
    }
}
