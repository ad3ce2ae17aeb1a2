// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {EIP712Signer} from "./support/EIP712Signer.sol";
import {Deploy, IToken} from "./support/Deploy.sol";
import {vm} from "./support/Vm.sol";

contract TestTokenTest is EIP712Signer {
    uint256 private constant KEY = 0xA11CE;

    IToken private token;

    function setUp() public {
        token = Deploy.token();
    }

    function test_it_says_that_it_is_a_test_token_of_six_decimals() public view {
        vm.assertEq(keccak256(bytes(IERC20Metadata(address(token)).name())), keccak256("Clearmarket Test Dollar"));
        vm.assertEq(keccak256(bytes(IERC20Metadata(address(token)).symbol())), keccak256("TESTUSD"));
        vm.assertEq(token.decimals(), 6);
    }

    function test_anyone_can_mint() public {
        vm.prank(address(1));
        token.mint(address(2), 7);
        vm.assertEq(token.balanceOf(address(2)), 7);
    }

    function test_a_permit_approves() public {
        address owner = vm.addr(KEY);
        bytes32 typeHash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 hash = digest(token, keccak256(abi.encode(typeHash, owner, address(3), 9, 0, block.timestamp)));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, hash);
        IERC20Permit(address(token)).permit(owner, address(3), 9, block.timestamp, v, r, s);
        vm.assertEq(token.allowance(owner, address(3)), 9);
    }

    function test_an_authorization_can_only_be_sent_by_its_receiver() public {
        address owner = vm.addr(KEY);
        token.mint(owner, 5);
        bytes memory signature = signReceive(KEY, token, owner, address(3), 5, block.timestamp + 1, "nonce");
        try this.receiveAs(address(4), owner, signature) {
            revert("received");
        } catch {
            vm.assertEq(token.balanceOf(owner), 5);
        }
        this.receiveAs(address(3), owner, signature);
        vm.assertEq(token.balanceOf(address(3)), 5);
    }

    function receiveAs(address sender, address owner, bytes calldata signature) external {
        (bytes32 r, bytes32 s, uint8 v) = (bytes32(signature[:32]), bytes32(signature[32:64]), uint8(signature[64]));
        vm.prank(sender);
        token.receiveWithAuthorization(owner, address(3), 5, 0, block.timestamp + 1, "nonce", v, r, s);
    }
}
