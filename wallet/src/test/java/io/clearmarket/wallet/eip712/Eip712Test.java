package io.clearmarket.wallet.eip712;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Keccak;
import io.clearmarket.wallet.eth.Secp256k1Key;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The "Mail" example is EIP-712's own, with the hashes of its Example.js. */
class Eip712Test {
    private static final String PERSON = "Person(string name,address wallet)";
    private static final String MAIL = "Mail(Person from,Person to,string contents)" + PERSON;
    private static final EthAddress COW = EthAddress.parse("0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826");
    private static final EthAddress BOB = EthAddress.parse("0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB");
    private static final Eip712.Domain DOMAIN =
            new Eip712.Domain("Ether Mail", "1", 1, EthAddress.parse("0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"));

    static final String MAIL_JSON = """
            {"types":{"EIP712Domain":[{"name":"name","type":"string"},{"name":"version","type":"string"},
              {"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}],
              "Person":[{"name":"name","type":"string"},{"name":"wallet","type":"address"}],
              "Mail":[{"name":"from","type":"Person"},{"name":"to","type":"Person"},{"name":"contents","type":"string"}]},
             "primaryType":"Mail",
             "domain":{"name":"Ether Mail","version":"1","chainId":1,
              "verifyingContract":"0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"},
             "message":{"from":{"name":"Cow","wallet":"0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"},
              "to":{"name":"Bob","wallet":"0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB"},"contents":"Hello, Bob!"}}""";

    @Test
    void the_mail_example_has_the_hashes_of_the_standard() {
        assertThat(hex(StructType.parse(MAIL).typeHash()))
                .isEqualTo("a0cedeb2dc280ba39b857546d74f5549c3a1d7bdc2dd96bf881f76108e23dac2");
        assertThat(hex(mail())).isEqualTo("c52c0ee5d84264471806290a3f2c4cecfc5490626bf912d01f240d7a274b371e");
        assertThat(hex(DOMAIN.separator()))
                .isEqualTo("f2cee375fa42b42143804025fc449deafd50cc031ca257e0b194a650a912090f");
        assertThat(hex(Eip712.digest(DOMAIN, mail())))
                .isEqualTo("be609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2");
    }

    @Test
    void the_mail_examples_signature_is_the_standards() {
        Secp256k1Key cow = Secp256k1Key.fromPrivateKey(Keccak.hash256("cow".getBytes(UTF_8)));
        assertThat(cow.address()).isEqualTo(COW);
        byte[] signature = cow.signDigest(Eip712.digest(DOMAIN, mail()));
        assertThat(hex(signature))
                .isEqualTo("4355c47d63924e8a72e509b65029052eb6c299d53a04e167c5775fd466751c9d"
                        + "07299936d304c153f6443dfa05f40ff007d72911b6f72307f996231605b915621c");
    }

    @Test
    void json_typed_data_and_the_builder_agree() {
        assertThat(TypedData.parse(MAIL_JSON).digest()).isEqualTo(Eip712.digest(DOMAIN, mail()));
        assertThat(TypedData.parse(MAIL_JSON).shown()).contains("Hello, Bob!", "Ether Mail", "Mail");
    }

    @Test
    void arrays_of_structs_numbers_and_words_agree_with_the_json_encoder() {
        String type = "Batch(Item[] items,uint120[] sums,bytes32 root,bytes data,bool last)Item(uint16 bps,address to)";
        byte[] first = Eip712.hashStruct("Item(uint16 bps,address to)", Value.uint(250), Value.address(COW));
        byte[] second = Eip712.hashStruct("Item(uint16 bps,address to)", Value.uint(0), Value.address(BOB));
        byte[] root = Keccak.hash256();
        byte[] hash = Eip712.hashStruct(
                type,
                Value.array(List.of(Value.struct(first), Value.struct(second))),
                Value.array(List.of(
                        Value.uint(1), Value.uint(BigInteger.TWO.pow(120).subtract(BigInteger.ONE)))),
                Value.bytes32(root),
                Value.bytes(new byte[] {1, 2}),
                Value.bool(true));
        String json = """
                {"types":{"EIP712Domain":[{"name":"name","type":"string"},{"name":"version","type":"string"},
                  {"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}],
                  "Item":[{"name":"bps","type":"uint16"},{"name":"to","type":"address"}],
                  "Batch":[{"name":"items","type":"Item[]"},{"name":"sums","type":"uint120[]"},
                   {"name":"root","type":"bytes32"},{"name":"data","type":"bytes"},{"name":"last","type":"bool"}]},
                 "primaryType":"Batch",
                 "domain":{"name":"Ether Mail","version":"1","chainId":1,
                  "verifyingContract":"0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"},
                 "message":{"items":[{"bps":250,"to":"%s"},{"bps":0,"to":"%s"}],
                  "sums":["1","1329227995784915872903807060280344575"],"root":"0x%s","data":"0x0102","last":true}}""".formatted(COW, BOB, hex(root));
        assertThat(Eip712.digest(DOMAIN, hash)).isEqualTo(TypedData.parse(json).digest());
    }

    @Test
    void a_value_that_does_not_fit_its_member_is_refused_by_name() {
        String type = "A(uint120 total,address to)";
        Value tooBig = Value.uint(BigInteger.TWO.pow(120));
        assertThatThrownBy(() -> Eip712.hashStruct(type, tooBig, Value.address(BOB)))
                .hasMessageContaining("total is declared uint120");
        assertThatThrownBy(() -> Eip712.hashStruct(type, Value.uint(1), Value.string("x")))
                .hasMessageContaining("to is declared address");
        assertThatThrownBy(() -> Eip712.hashStruct(type, Value.uint(1))).hasMessageContaining("1 values for the 2");
        assertThatThrownBy(() -> Value.uint(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StructType.parse("A(uint120  total)")).hasMessageContaining("not a member");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"contents\":\"Hello, Bob!\"|\"contents\":\"Hello, Bob!\",\"refund\":\"yes\"|message holds \"refund\"",
                ",\"contents\":\"Hello, Bob!\"||message lacks \"contents\"",
                "\"name\":\"Cow\",|\"name\":\"Cow\",\"x\":1,|message.from holds \"x\"",
                "\"primaryType\":\"Mail\"|\"primaryType\":\"None\"|undeclared type None",
                "\"chainId\":1,|\"chainId\":1,\"salt\":\"0x00\",|domain holds \"salt\""
            })
    void typed_data_that_shows_other_than_it_signs_is_refused(String part, String changed, String reason) {
        String json = MAIL_JSON.replace(part, changed == null ? "" : changed);
        assertThat(json).isNotEqualTo(MAIL_JSON);
        assertThatThrownBy(() -> TypedData.parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    private static byte[] mail() {
        return Eip712.hashStruct(
                MAIL, Value.struct(person("Cow", COW)), Value.struct(person("Bob", BOB)), Value.string("Hello, Bob!"));
    }

    private static byte[] person(String name, EthAddress wallet) {
        return Eip712.hashStruct(PERSON, Value.string(name), Value.address(wallet));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
