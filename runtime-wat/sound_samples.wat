;; Buffers of 16-bit samples: objects of shorts, or, in 32-bit images, of words with two samples each, the first in the
;; low half.

;; The number of samples; 0 for what is no such buffer.
(func $sound_size (param $buffer eqref) (result i32)
  (drop (block $no_words (result eqref)
    (return (i32.shl (array.len (struct.get $WordObject $words
      (br_on_cast_fail $no_words eqref (ref $WordObject) (local.get $buffer)))) (i32.const 1)))))
  (drop (block $no_shorts (result eqref)
    (return (array.len (struct.get $ShortObject $shorts
      (br_on_cast_fail $no_shorts eqref (ref $ShortObject) (local.get $buffer)))))))
  (i32.const 0))

(func $sound_put (param $buffer eqref) (param $index i32) (param $sample i32)
  (local $words (ref $Words)) (local $shift i32)
  (drop (block $no_words (result eqref)
    (local.set $words (struct.get $WordObject $words
      (br_on_cast_fail $no_words eqref (ref $WordObject) (local.get $buffer))))
    (local.set $shift (i32.shl (i32.and (local.get $index) (i32.const 1)) (i32.const 4)))
    (local.set $index (i32.shr_u (local.get $index) (i32.const 1)))
    (array.set $Words (local.get $words) (local.get $index) (i32.or
      (i32.and (array.get $Words (local.get $words) (local.get $index))
        (i32.rotl (i32.const 0xFFFF0000) (local.get $shift)))
      (i32.shl (i32.and (local.get $sample) (i32.const 0xFFFF)) (local.get $shift))))
    (return)))
  (array.set $Shorts (struct.get $ShortObject $shorts (ref.cast (ref $ShortObject) (local.get $buffer)))
    (local.get $index) (local.get $sample)))

(func $sound_get (param $buffer eqref) (param $index i32) (result i32)
  (drop (block $no_words (result eqref)
    (return (i32.extend16_s (i32.shr_u
      (array.get $Words (struct.get $WordObject $words
          (br_on_cast_fail $no_words eqref (ref $WordObject) (local.get $buffer)))
        (i32.shr_u (local.get $index) (i32.const 1)))
      (i32.shl (i32.and (local.get $index) (i32.const 1)) (i32.const 4)))))))
  (array.get_s $Shorts (struct.get $ShortObject $shorts (ref.cast (ref $ShortObject) (local.get $buffer)))
    (local.get $index)))
