;; MD5Plugin: one block of 64 bytes. The state is four little-endian words in a byte object.

;; 2**32 * |sin i|, i counted from 1.
(global $md5_terms (ref $Words) (array.new_fixed $Words 64
  (i32.const 0xD76AA478) (i32.const 0xE8C7B756) (i32.const 0x242070DB) (i32.const 0xC1BDCEEE)
  (i32.const 0xF57C0FAF) (i32.const 0x4787C62A) (i32.const 0xA8304613) (i32.const 0xFD469501)
  (i32.const 0x698098D8) (i32.const 0x8B44F7AF) (i32.const 0xFFFF5BB1) (i32.const 0x895CD7BE)
  (i32.const 0x6B901122) (i32.const 0xFD987193) (i32.const 0xA679438E) (i32.const 0x49B40821)
  (i32.const 0xF61E2562) (i32.const 0xC040B340) (i32.const 0x265E5A51) (i32.const 0xE9B6C7AA)
  (i32.const 0xD62F105D) (i32.const 0x02441453) (i32.const 0xD8A1E681) (i32.const 0xE7D3FBC8)
  (i32.const 0x21E1CDE6) (i32.const 0xC33707D6) (i32.const 0xF4D50D87) (i32.const 0x455A14ED)
  (i32.const 0xA9E3E905) (i32.const 0xFCEFA3F8) (i32.const 0x676F02D9) (i32.const 0x8D2A4C8A)
  (i32.const 0xFFFA3942) (i32.const 0x8771F681) (i32.const 0x6D9D6122) (i32.const 0xFDE5380C)
  (i32.const 0xA4BEEA44) (i32.const 0x4BDECFA9) (i32.const 0xF6BB4B60) (i32.const 0xBEBFBC70)
  (i32.const 0x289B7EC6) (i32.const 0xEAA127FA) (i32.const 0xD4EF3085) (i32.const 0x04881D05)
  (i32.const 0xD9D4D039) (i32.const 0xE6DB99E5) (i32.const 0x1FA27CF8) (i32.const 0xC4AC5665)
  (i32.const 0xF4292244) (i32.const 0x432AFF97) (i32.const 0xAB9423A7) (i32.const 0xFC93A039)
  (i32.const 0x655B59C3) (i32.const 0x8F0CCC92) (i32.const 0xFFEFF47D) (i32.const 0x85845DD1)
  (i32.const 0x6FA87E4F) (i32.const 0xFE2CE6E0) (i32.const 0xA3014314) (i32.const 0x4E0811A1)
  (i32.const 0xF7537E82) (i32.const 0xBD3AF235) (i32.const 0x2AD7D2BB) (i32.const 0xEB86D391)))

;; Rotations: four for each of the four rounds, in bytes of a word.
(global $md5_rotations (ref $Words) (array.new_fixed $Words 4
  (i32.const 0x16110C07) (i32.const 0x140E0905) (i32.const 0x17100B04) (i32.const 0x150F0A06)))

(func $md5_mix (param $round i32) (param $b i32) (param $c i32) (param $d i32) (result i32)
  (if (i32.eqz (local.get $round))
    (then (return (i32.xor (local.get $d) (i32.and (local.get $b) (i32.xor (local.get $c) (local.get $d)))))))
  (if (i32.eq (local.get $round) (i32.const 1))
    (then (return (i32.xor (local.get $c) (i32.and (local.get $d) (i32.xor (local.get $b) (local.get $c)))))))
  (if (i32.eq (local.get $round) (i32.const 2))
    (then (return (i32.xor (local.get $b) (i32.xor (local.get $c) (local.get $d))))))
  (i32.xor (local.get $c) (i32.or (local.get $b) (i32.xor (local.get $d) (i32.const -1)))))

;; Which of the block's words a step takes.
(func $md5_word_index (param $round i32) (param $step i32) (result i32)
  (i32.and (i32.const 15) (i32.add
    (i32.mul (local.get $step)
      (i32.and (i32.shr_u (i32.const 0x7351) (i32.shl (local.get $round) (i32.const 2))) (i32.const 15)))
    (i32.and (i32.shr_u (i32.const 0x0510) (i32.shl (local.get $round) (i32.const 2))) (i32.const 15)))))

(func $md5_add_to_state (param $state (ref $Bytes)) (param $index i32) (param $value i32)
  (call $put_word (local.get $state) (i32.shl (local.get $index) (i32.const 2))
    (i32.add (call $digit (local.get $state) (local.get $index)) (local.get $value))))

(func $md5_block (param $block (ref $Bytes)) (param $state (ref $Bytes))
  (local $a i32) (local $b i32) (local $c i32) (local $d i32) (local $step i32) (local $round i32) (local $sum i32)
  (local.set $a (call $digit (local.get $state) (i32.const 0)))
  (local.set $b (call $digit (local.get $state) (i32.const 1)))
  (local.set $c (call $digit (local.get $state) (i32.const 2)))
  (local.set $d (call $digit (local.get $state) (i32.const 3)))
  (loop $next
    (local.set $round (i32.shr_u (local.get $step) (i32.const 4)))
    (local.set $sum (i32.add
      (i32.add (local.get $a) (call $md5_mix (local.get $round) (local.get $b) (local.get $c) (local.get $d)))
      (i32.add (array.get $Words (global.get $md5_terms) (local.get $step))
        (call $digit (local.get $block) (call $md5_word_index (local.get $round) (local.get $step))))))
    (local.set $a (local.get $d))
    (local.set $d (local.get $c))
    (local.set $c (local.get $b))
    (local.set $b (i32.add (local.get $b) (i32.rotl (local.get $sum) (i32.shr_u
      (array.get $Words (global.get $md5_rotations) (local.get $round))
      (i32.shl (i32.and (local.get $step) (i32.const 3)) (i32.const 3))))))
    (br_if $next (i32.lt_u (local.tee $step (i32.add (local.get $step) (i32.const 1))) (i32.const 64))))
  (call $md5_add_to_state (local.get $state) (i32.const 0) (local.get $a))
  (call $md5_add_to_state (local.get $state) (i32.const 1) (local.get $b))
  (call $md5_add_to_state (local.get $state) (i32.const 2) (local.get $c))
  (call $md5_add_to_state (local.get $state) (i32.const 3) (local.get $d)))

(func $primitive_MD5Plugin_primitivePluginAvailable (param $receiver eqref) (param $depth i32) (result eqref)
  (global.get $true))

(func $primitive_MD5Plugin_primitiveProcessBufferWithState
  (param $receiver eqref) (param $buffer eqref) (param $state eqref) (param $depth i32) (result eqref)
  (local $block (ref $Bytes)) (local $words (ref $Bytes))
  (drop (block $failed (result eqref)
    (local.set $block (struct.get $ByteObject $bytes
        (br_on_cast_fail $failed eqref (ref $ByteObject) (local.get $buffer))))
    (local.set $words (struct.get $ByteObject $bytes
        (br_on_cast_fail $failed eqref (ref $ByteObject) (local.get $state))))
    (if (i32.or (call $is_immutable (local.get $state)) (i32.or
          (i32.lt_u (array.len (local.get $block)) (i32.const 64))
          (i32.lt_u (array.len (local.get $words)) (i32.const 16))))
      (then (return (global.get $failed))))
    (call $md5_block (local.get $block) (local.get $words))
    (return (local.get $receiver))))
  (global.get $failed))
