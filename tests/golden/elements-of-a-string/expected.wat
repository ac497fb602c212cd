(func $Character>>hex (type $Code0) (param $self eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $string (ref null $ByteObject)) (local $bytes (ref null $Bytes))
  (local $s0 eqref) (local $s1 eqref) (local $s2 eqref) (local $s3 eqref) (local $s4 eqref)
  block $unwound (result i32)
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 0))))))
    ;; 33 pushLit: String
    (local.set $s0 (call $variable_value (array.get $Slots (global.get $literals) (i32.const 0))))
    ;; 34 pushConstant: '0123456789ABCDEF'
    ;; 35 self
    ;; 36 send: numericValue
    (local.set $s1 (array.get $Slots (global.get $literals) (i32.const 1)))
    (if (result eqref) (i32.eq (call $class_index_of (local.get $self)) (i32.load offset=65536 (i32.const 0)))
      (then (call $Character>>numericValue (local.get $self) (i32.const 32) (i32.add (local.get $depth) (i32.const 21))))
      (else (call $send_predicted_0 (local.get $self) (i32.const 32) (i32.add (local.get $depth) (i32.const 21)) (i32.const 68) (i32.const 65536))))
    local.set $s2
    ;; 37 pushConstant: 16
    ;; 38 send: //
    block $done
      block $general1
        block $general0
          (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $s2))))
          (i31.get_s (ref.cast (ref i31) (local.get $s2)))
          (i32.const 16)
          local.set $c local.set $x
          (local.set $x (i32.sub (local.get $x) (i32.and (i32.sub (local.get $c) (i32.const 1)) (i32.shr_s (local.get $x) (i32.const 31)))))
          (local.set $x (i32.div_s (local.get $x) (local.get $c)))
          (local.set $s2 (ref.i31 (local.get $x)))
          ;; 39 pushConstant: 1
          ;; 40 send: +
          local.get $x
          (i32.const 1)
          i32.add local.tee $x
          i32.const 0x40000000 i32.add i32.const 0 i32.lt_s br_if $general1
          (local.set $s2 (ref.i31 (local.get $x)))
          br $done
        end
        (drop (br_if $unwound (i32.const 1026) (ref.eq (local.get $s2) (global.get $unwind))))
        (call $special_integer_divide (local.get $s2) (ref.i31 (i32.const 16)) (i32.add (local.get $depth) (i32.const 21)))
        local.set $s2
        (drop (br_if $unwound (i32.const 1538) (ref.eq (local.get $s2) (global.get $unwind))))
      end
      (call $special_add (local.get $s2) (ref.i31 (i32.const 1)) (i32.add (local.get $depth) (i32.const 21)))
      local.set $s2
      (drop (br_if $unwound (i32.const 2050) (ref.eq (local.get $s2) (global.get $unwind))))
    end
    ;; 41 send: at:
    block $sent
      block $other
        (br_if $other (i32.eqz (ref.test (ref i31) (local.get $s2))))
        (br_if $other (i32.eqz (ref.test (ref $ByteObject) (local.get $s1))))
        (local.set $string (ref.cast (ref $ByteObject) (local.get $s1)))
        (br_if $other (i32.ne (struct.get $ByteObject $classIndex (local.get $string)) (global.get $plain_string_class)))
        (local.set $bytes (struct.get $ByteObject $bytes (local.get $string)))
        (i31.get_s (ref.cast (ref i31) (local.get $s2)))
        (local.set $x (i32.sub (i32.const 1)))
        (if (i32.lt_u (local.get $x) (array.len (local.get $bytes))) (then
          (local.set $s1 (array.get $Slots (global.get $characters) (array.get_u $Bytes (local.get $bytes) (local.get $x))))
          br $sent
        ))
      end
      (call $send_at (local.get $s1) (local.get $s2) (i32.add (local.get $depth) (i32.const 21)))
      local.set $s1
      (drop (br_if $unwound (i32.const 2305) (ref.eq (local.get $s1) (global.get $unwind))))
    end
    ;; 42 pushConstant: '0123456789ABCDEF'
    ;; 43 self
    ;; 44 send: numericValue
    (local.set $s2 (array.get $Slots (global.get $literals) (i32.const 1)))
    (if (result eqref) (i32.eq (call $class_index_of (local.get $self)) (i32.load offset=65540 (i32.const 0)))
      (then (call $Character>>numericValue (local.get $self) (i32.const 32) (i32.add (local.get $depth) (i32.const 21))))
      (else (call $send_predicted_0 (local.get $self) (i32.const 32) (i32.add (local.get $depth) (i32.const 21)) (i32.const 68) (i32.const 65540))))
    local.set $s3
    ;; 45 pushConstant: 16
    ;; 46 send: \\
    block $done
      block $general1
        block $general0
          (br_if $general0 (i32.eqz (ref.test (ref i31) (local.get $s3))))
          (i31.get_s (ref.cast (ref i31) (local.get $s3)))
          (i32.const 16)
          local.set $c local.set $x
          (local.set $x (i32.rem_s (local.get $x) (local.get $c)))
          (local.set $x (i32.add (local.get $x) (i32.and (local.get $c) (i32.shr_s (local.get $x) (i32.const 31)))))
          (local.set $s3 (ref.i31 (local.get $x)))
          ;; 47 pushConstant: 1
          ;; 48 send: +
          local.get $x
          (i32.const 1)
          i32.add local.tee $x
          i32.const 0x40000000 i32.add i32.const 0 i32.lt_s br_if $general1
          (local.set $s3 (ref.i31 (local.get $x)))
          br $done
        end
        (drop (br_if $unwound (i32.const 3075) (ref.eq (local.get $s3) (global.get $unwind))))
        (call $special_modulo (local.get $s3) (ref.i31 (i32.const 16)) (i32.add (local.get $depth) (i32.const 21)))
        local.set $s3
        (drop (br_if $unwound (i32.const 3587) (ref.eq (local.get $s3) (global.get $unwind))))
      end
      (call $special_add (local.get $s3) (ref.i31 (i32.const 1)) (i32.add (local.get $depth) (i32.const 21)))
      local.set $s3
      (drop (br_if $unwound (i32.const 4099) (ref.eq (local.get $s3) (global.get $unwind))))
    end
    ;; 49 send: at:
    block $sent
      block $other
        (br_if $other (i32.eqz (ref.test (ref i31) (local.get $s3))))
        (br_if $other (i32.eqz (ref.test (ref $ByteObject) (local.get $s2))))
        (local.set $string (ref.cast (ref $ByteObject) (local.get $s2)))
        (br_if $other (i32.ne (struct.get $ByteObject $classIndex (local.get $string)) (global.get $plain_string_class)))
        (local.set $bytes (struct.get $ByteObject $bytes (local.get $string)))
        (i31.get_s (ref.cast (ref i31) (local.get $s3)))
        (local.set $x (i32.sub (i32.const 1)))
        (if (i32.lt_u (local.get $x) (array.len (local.get $bytes))) (then
          (local.set $s2 (array.get $Slots (global.get $characters) (array.get_u $Bytes (local.get $bytes) (local.get $x))))
          br $sent
        ))
      end
      (call $send_at (local.get $s2) (local.get $s3) (i32.add (local.get $depth) (i32.const 21)))
      local.set $s2
      (drop (br_if $unwound (i32.const 4354) (ref.eq (local.get $s2) (global.get $unwind))))
    end
    ;; 50 send: with:with:
    (if (result eqref) (i32.eq (call $class_index_of (local.get $s0)) (i32.load offset=65544 (i32.const 0)))
      (then (call $ArrayedCollection.class>>with:with: (local.get $s0) (local.get $s1) (local.get $s2) (i32.const 33) (i32.add (local.get $depth) (i32.const 21))))
      (else (call $send_predicted_2 (local.get $s0) (local.get $s1) (local.get $s2) (i32.const 33) (i32.add (local.get $depth) (i32.const 21)) (i32.const 2499) (i32.const 65544))))
    local.set $s0
    (drop (br_if $unwound (i32.const 4608) (ref.eq (local.get $s0) (global.get $unwind))))
    ;; 51 returnTop
    (local.get $s0) return
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (return (call $capture_frame (ref.null $FrameToken) (i32.const 77) (local.get $self) (local.get $position) (array.new_fixed $Slots 5 (local.get $s0) (local.get $s1) (local.get $s2) (local.get $s3) (local.get $s4))))
)
