;; DSAPrims: the two halves of SHA-1 on one block of 64 bytes.

(func $primitive_DSAPrims_primitiveHasSecureHashPrimitive (param $receiver eqref) (param $depth i32) (result eqref)
  (global.get $true))

;; The block's 16 big-endian words, and 64 more made of them.
(func $expand_sha1_block (param $bytes (ref $Bytes)) (param $words (ref $Words))
  (local $index i32)
  (loop $next
    (array.set $Words (local.get $words) (local.get $index)
      (call $swap_bytes (call $digit (local.get $bytes) (local.get $index))))
    (br_if $next (i32.lt_u (local.tee $index (i32.add (local.get $index) (i32.const 1))) (i32.const 16))))
  (loop $next
    (array.set $Words (local.get $words) (local.get $index) (i32.rotl
      (i32.xor
        (i32.xor (array.get $Words (local.get $words) (i32.sub (local.get $index) (i32.const 3)))
          (array.get $Words (local.get $words) (i32.sub (local.get $index) (i32.const 8))))
        (i32.xor (array.get $Words (local.get $words) (i32.sub (local.get $index) (i32.const 14)))
          (array.get $Words (local.get $words) (i32.sub (local.get $index) (i32.const 16)))))
      (i32.const 1)))
    (br_if $next (i32.lt_u (local.tee $index (i32.add (local.get $index) (i32.const 1))) (i32.const 80)))))

(func $primitive_DSAPrims_primitiveExpandBlock (param $receiver eqref) (param $block eqref)
  (param $expanded eqref) (param $depth i32) (result eqref)
  (local $bytes (ref $Bytes)) (local $words (ref $Words))
  (drop (block $failed (result eqref)
    (local.set $bytes (struct.get $ByteObject $bytes
        (br_on_cast_fail $failed eqref (ref $ByteObject) (local.get $block))))
    (local.set $words (struct.get $WordObject $words
        (br_on_cast_fail $failed eqref (ref $WordObject) (local.get $expanded))))
    (if (i32.or (call $is_immutable (local.get $expanded)) (i32.or
          (i32.ne (array.len (local.get $bytes)) (i32.const 64))
            (i32.ne (array.len (local.get $words)) (i32.const 80))))
      (then (return (global.get $failed))))
    (call $expand_sha1_block (local.get $bytes) (local.get $words))
    (return (local.get $receiver))))
  (global.get $failed))

;; What a round adds, by its number: a function of three words of the state, and a constant.
(func $sha1_term (param $round i32) (param $b i32) (param $c i32) (param $d i32) (result i32)
  (if (i32.lt_u (local.get $round) (i32.const 20))
    (then (return (i32.add (i32.const 0x5A827999)
      (i32.xor (local.get $d) (i32.and (local.get $b) (i32.xor (local.get $c) (local.get $d))))))))
  (if (i32.lt_u (i32.sub (local.get $round) (i32.const 40)) (i32.const 20))
    (then (return (i32.add (i32.const 0x8F1BBCDC) (i32.or
      (i32.and (local.get $b) (local.get $c)) (i32.and (local.get $d) (i32.or (local.get $b) (local.get $c))))))))
  (i32.add (select (i32.const 0x6ED9EBA1) (i32.const 0xCA62C1D6) (i32.lt_u (local.get $round) (i32.const 40)))
    (i32.xor (local.get $b) (i32.xor (local.get $c) (local.get $d)))))

(func $add_to_word (param $words (ref $Words)) (param $index i32) (param $value i32)
  (array.set $Words (local.get $words) (local.get $index)
    (i32.add (array.get $Words (local.get $words) (local.get $index)) (local.get $value))))

(func $hash_sha1_block (param $words (ref $Words)) (param $state (ref $Words))
  (local $a i32) (local $b i32) (local $c i32) (local $d i32) (local $e i32) (local $round i32) (local $sum i32)
  (local.set $a (array.get $Words (local.get $state) (i32.const 0)))
  (local.set $b (array.get $Words (local.get $state) (i32.const 1)))
  (local.set $c (array.get $Words (local.get $state) (i32.const 2)))
  (local.set $d (array.get $Words (local.get $state) (i32.const 3)))
  (local.set $e (array.get $Words (local.get $state) (i32.const 4)))
  (loop $next
    (local.set $sum (i32.add
      (i32.add (call $sha1_term (local.get $round) (local.get $b) (local.get $c) (local.get $d))
        (i32.rotl (local.get $a) (i32.const 5)))
      (i32.add (local.get $e) (array.get $Words (local.get $words) (local.get $round)))))
    (local.set $e (local.get $d))
    (local.set $d (local.get $c))
    (local.set $c (i32.rotl (local.get $b) (i32.const 30)))
    (local.set $b (local.get $a))
    (local.set $a (local.get $sum))
    (br_if $next (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1))) (i32.const 80))))
  (call $add_to_word (local.get $state) (i32.const 0) (local.get $a))
  (call $add_to_word (local.get $state) (i32.const 1) (local.get $b))
  (call $add_to_word (local.get $state) (i32.const 2) (local.get $c))
  (call $add_to_word (local.get $state) (i32.const 3) (local.get $d))
  (call $add_to_word (local.get $state) (i32.const 4) (local.get $e)))

(func $primitive_DSAPrims_primitiveHashBlock (param $receiver eqref) (param $expanded eqref) (param $state eqref)
  (param $depth i32) (result eqref)
  (local $words (ref $Words)) (local $hash (ref $Words))
  (drop (block $failed (result eqref)
    (local.set $words (struct.get $WordObject $words
        (br_on_cast_fail $failed eqref (ref $WordObject) (local.get $expanded))))
    (local.set $hash (struct.get $WordObject $words
        (br_on_cast_fail $failed eqref (ref $WordObject) (local.get $state))))
    (if (i32.or (call $is_immutable (local.get $state)) (i32.or
          (i32.ne (array.len (local.get $words)) (i32.const 80)) (i32.ne (array.len (local.get $hash)) (i32.const 5))))
      (then (return (global.get $failed))))
    (call $hash_sha1_block (local.get $words) (local.get $hash))
    (return (local.get $receiver))))
  (global.get $failed))
